// SPDX-License-Identifier: Apache-2.0
// Which articles print one story, from links between them. What links say is transitive.
#ifndef VERBATIM_PLUGINS_STATEMENTS_STORIES_H_
#define VERBATIM_PLUGINS_STATEMENTS_STORIES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rows.h"
#include "tables.h"

namespace verbatim::statements {

class Stories {
 public:
  struct Joined {
    std::string kept;  // an article that was in no story names its own now; else empty
    std::vector<std::string> moved;  // articles whose story has another name now
  };

  // `articles` outlives the stories.
  explicit Stories(Table<Article>* articles) : articles_(articles) {}

  // The story's name, the id of an article in it; empty: the article is in none.
  std::string Of(std::string_view article) const;

  // Two articles print one story: the smaller story takes the name of the larger one, of two alike
  // that of `other`. Nothing when they were in one already.
  std::optional<Joined> Join(const std::string& article, const std::string& other);

 private:
  Article Get(const std::string& article) const;

  Table<Article>* articles_;
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_STORIES_H_
