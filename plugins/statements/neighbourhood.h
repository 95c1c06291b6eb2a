// SPDX-License-Identifier: Apache-2.0
// The statements of one side in memory, and where a new one belongs among them. What can be read
// from the table of members, and no more; the answer depends on what is in it, not on the order in
// which it came.
#ifndef VERBATIM_PLUGINS_STATEMENTS_NEIGHBOURHOOD_H_
#define VERBATIM_PLUGINS_STATEMENTS_NEIGHBOURHOOD_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "placing.h"
#include "pool.h"
#include "terms.h"

namespace verbatim::statements {

class Neighbourhood {
 public:
  // Where a statement stands, or would.
  struct Place {
    std::string speaker_key;
    std::string thread;
    std::string matter;
  };
  struct Found {
    std::optional<std::string> thread;  // of the speaker
    std::optional<std::string> matter;  // of the thread, or of the side when there is no thread
  };

  // `key` is unique within the side.
  void Add(const std::string& key, const Place& place, const Terms& terms);
  // False: there is none.
  bool Remove(const std::string& key);
  size_t size() const { return slots_.size(); }

  // For a statement that is not in it yet; it weighs the terms as if it were. One that is tied more
  // strongly to a matter of its side than to any thread of its speaker founds a thread there.
  Found Find(const std::string& speaker_key, const Terms& terms);

 private:
  // Strings by number, in the order of their first use.
  class Names {
   public:
    uint32_t NumberOf(const std::string& name);
    const std::string& operator[](uint32_t number) const { return names_[number]; }
    size_t size() const { return names_.size(); }

   private:
    std::unordered_map<std::string, uint32_t> numbers_;
    std::vector<std::string> names_;
  };

  struct Member {
    uint32_t speaker = 0;
    uint32_t thread = 0;
    uint32_t matter = 0;
  };

  // How strongly the statement that is being placed is linked to each group, by the groups'
  // numbers.
  class Links {
   public:
    // A member comes or goes.
    void Join(uint32_t group);
    void Leave(uint32_t group) { --sizes_[group]; }
    void Add(uint32_t group, uint32_t likeness);
    uint32_t Strength(uint32_t group) const;
    // The group with the strongest link of at least `least`.
    std::optional<uint32_t> Strongest(const Names& names, uint32_t least) const;
    void Clear();

   private:
    std::vector<size_t> sizes_;
    std::vector<Link> links_;
    std::vector<uint32_t> touched_;
  };

  // Links to every group that may be linked strongly enough.
  void Gather(uint32_t speaker, const Terms& terms);

  Pool pool_;
  Names speakers_;
  Names threads_;
  Names matters_;
  std::vector<Member> members_;                        // by slot
  std::unordered_map<std::string, Pool::Slot> slots_;  // by key
  Links thread_links_;
  Links matter_links_;
  std::vector<uint32_t> matter_of_;  // by thread, of those that Find met
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_NEIGHBOURHOOD_H_
