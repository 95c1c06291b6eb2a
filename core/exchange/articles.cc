// SPDX-License-Identifier: Apache-2.0
#include "core/exchange/articles.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/article/load.h"
#include "core/base/hex.h"

namespace verbatim::exchange {
namespace {

// Some file system or shell takes these amiss; blanks and control characters too.
constexpr std::string_view kNotInNames = "<>:\"|?*\\\x7F";

absl::StatusOr<std::vector<std::string>> InOrder(const Source& source) {
  std::vector<std::pair<uint64_t, std::string>> found;
  VB_RETURN_IF_ERROR(
      source.snapshot.ScanArticles([&](std::string_view article, uint64_t first_sequence) {
        const auto& wanted = source.articles;
        const bool taken =
            wanted.empty() || std::find(wanted.begin(), wanted.end(), article) != wanted.end();
        if (taken && first_sequence <= source.as_of) found.emplace_back(first_sequence, article);
        return true;
      }));
  std::sort(found.begin(), found.end());
  std::vector<std::string> articles;
  articles.reserve(found.size());
  for (auto& [sequence, article] : found) articles.push_back(std::move(article));
  return articles;
}

// The last part of a path or URL, without its ending, as a file may be called anywhere.
std::string StemOf(std::string_view input) {
  input = input.substr(input.find_last_of('/') + 1);
  for (const std::string_view ending : {".gz", ".txt", ".html", ".htm"}) {
    if (input.size() > ending.size() && input.ends_with(ending)) {
      input.remove_suffix(ending.size());
    }
  }
  std::string stem;
  for (const char c : input) {
    const bool plain =
        static_cast<unsigned char>(c) > ' ' && kNotInNames.find(c) == std::string_view::npos;
    stem.push_back(plain ? c : '_');
  }
  return stem.starts_with('.') ? "" : stem;
}

std::string NameOf(const article::ArticleState& state, std::set<std::string>& taken) {
  const std::string id = base::ToHex(state.id());
  std::string name;
  // A container holds many articles: its name tells none of them.
  if (!state.sources().empty() && state.sources().front().capture.record().empty()) {
    name = StemOf(state.sources().front().capture.input());
  }
  if (name.empty()) name = id;
  if (!taken.insert(name).second) {
    name += "-" + id.substr(0, base::kShortIdChars);
    if (!taken.insert(name).second) name = id;
  }
  return name;
}

}  // namespace

absl::Status ForEachArticle(const Source& source,
                            absl::FunctionRef<absl::Status(const ArticleOut&)> visit) {
  VB_ASSIGN_OR_RETURN(const std::vector<std::string> articles, InOrder(source));
  std::set<std::string> taken;
  for (const std::string& id : articles) {
    VB_ASSIGN_OR_RETURN(const article::ArticleState state,
                        article::Load(source.snapshot, id, source.as_of));
    if (state.erased() || state.revisions().empty()) continue;
    const ArticleOut out{state, NameOf(state, taken), source.all ? state.All() : state.Live()};
    VB_RETURN_IF_ERROR(base::WithContext(visit(out), "article " + base::ToHex(id)));
  }
  return absl::OkStatus();
}

void Note(Exported& done, uint64_t count, std::string_view what) {
  if (count > 0) done.notes.push_back(absl::StrCat(count, " ", std::string(what)));
}

}  // namespace verbatim::exchange
