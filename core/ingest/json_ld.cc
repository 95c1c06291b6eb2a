// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/json_ld.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/ingest/html_tree.h"
#include "verbatim/text/fold.h"

namespace verbatim::ingest {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr int kDepthMax = 24;

// How much an object's type promises to describe the article itself; 0: nothing.
int RankOf(std::string_view type) {
  const absl::string_view name(type.data(), type.size());
  if (absl::EndsWith(name, "NewsArticle") || absl::EndsWith(name, "Article") ||
      absl::EndsWith(name, "BlogPosting") || absl::EndsWith(name, "Report"))
    return 3;
  if (absl::EndsWith(name, "Posting") || absl::EndsWith(name, "Review") || name == "Recipe" ||
      name == "CreativeWork")
    return 2;
  if (absl::EndsWith(name, "Page") || absl::EndsWith(name, "VideoObject")) return 1;
  return 0;
}

std::string_view StringAt(const object& from, const char* key) {
  std::string_view value;
  if (from[key].get(value) == simdjson::SUCCESS) return value;
  return {};
}

// Below these stand articles, reviews and comments of others.
bool HoldsOthers(std::string_view key) {
  static constexpr std::array<std::string_view, 9> kKeys = {
      "itemListElement", "comment", "review",    "reviews",       "citation",
      "mentions",        "hasPart", "isBasedOn", "liveBlogUpdate"};
  return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end();
}

class Reader {
 public:
  // `title`: what else the page calls its article.
  explicit Reader(std::string_view title) : title_(text::Fold(title)) {}

  void Visit(const element& at, int depth, bool others = false) {
    if (depth > kDepthMax) return;
    if (at.is_array()) {
      for (const element child : simdjson::dom::array(at)) Visit(child, depth + 1, others);
    } else if (at.is_object()) {
      const object fields(at);
      Remember(fields);
      const int rank = others ? 0 : Rank(fields);
      if (rank > 0) Take(fields, rank);
      for (const auto field : fields) {
        if (field.value.is_object() || field.value.is_array())
          Visit(field.value, depth + 1, others || HoldsOthers(field.key));
      }
    }
  }

  JsonLd Finish() {
    JsonLd all;
    // The best description of each field wins; among equals the one that is called as the page is,
    // then an earlier one.
    for (Found& found : found_) found.is_titled = IsTitle(found.what.headline);
    std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
      return std::pair(a.rank, a.is_titled) > std::pair(b.rank, b.is_titled);
    });
    for (Found& found : found_) {
      // Another article lends nothing to this one.
      const bool other = found.rank > 1 && !found.what.headline.empty() && !all.headline.empty() &&
                         !text::EqualFolded(found.what.headline, all.headline);
      if (other) continue;
      Resolve(found);
      Merge(found.what, all);
    }
    return all;
  }

 private:
  // Do most of a headline's words stand in what else the page calls its article?
  bool IsTitle(std::string_view headline) const {
    const std::string folded = text::Fold(headline);
    size_t words = 0;
    size_t shared = 0;
    for (const absl::string_view word : absl::StrSplit(folded, ' ', absl::SkipEmpty())) {
      ++words;
      shared += absl::StrContains(title_, word) ? 1 : 0;
    }
    return words > 0 && 2 * shared >= words;
  }

  struct Found {
    int rank = 0;
    bool is_titled = false;
    JsonLd what;
    std::vector<std::string> author_ids;
    std::string publisher_id;
  };

  static int Rank(const object& fields) {
    element type;
    if (fields["@type"].get(type) != simdjson::SUCCESS) return 0;
    std::string_view name;
    if (type.get(name) == simdjson::SUCCESS) return RankOf(name);
    int best = 0;
    if (type.is_array()) {
      for (const element one : simdjson::dom::array(type)) {
        if (one.get(name) == simdjson::SUCCESS) best = std::max(best, RankOf(name));
      }
    }
    return best;
  }

  void Remember(const object& fields) {
    const std::string_view id = StringAt(fields, "@id");
    const std::string_view name = StringAt(fields, "name");
    if (!id.empty() && !name.empty()) names_.emplace(std::string(id), std::string(name));
  }

  void Take(const object& fields, int rank) {
    Found found;
    found.rank = rank;
    JsonLd& what = found.what;
    what.headline = StringAt(fields, "headline");
    if (what.headline.empty() && rank > 1) what.headline = StringAt(fields, "name");
    what.description = StringAt(fields, "description");
    what.article_body = StringAt(fields, "articleBody");
    what.date_published = StringAt(fields, "datePublished");
    what.date_modified = StringAt(fields, "dateModified");
    what.date_created = StringAt(fields, "dateCreated");
    if (what.date_published.empty()) what.date_published = StringAt(fields, "uploadDate");
    what.language = StringAt(fields, "inLanguage");
    what.section = First(fields, "articleSection");
    what.url = StringAt(fields, "url");
    if (what.url.empty()) what.url = Reference(fields, "mainEntityOfPage");
    Free(fields, what);
    People(fields, "author", what.authors, found.author_ids);
    if (what.authors.empty() && found.author_ids.empty())
      People(fields, "creator", what.authors, found.author_ids);
    PartOrganisations(fields, what);
    std::vector<std::string> publishers;
    std::vector<std::string> publisher_ids;
    People(fields, "publisher", publishers, publisher_ids);
    if (!publishers.empty()) what.publisher = publishers.front();
    if (!publisher_ids.empty()) found.publisher_id = publisher_ids.front();
    Keywords(fields, what);
    found_.push_back(std::move(found));
  }

  static std::string First(const object& fields, const char* key) {
    element value;
    if (fields[key].get(value) != simdjson::SUCCESS) return "";
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) return std::string(text);
    if (!value.is_array()) return "";
    for (const element one : simdjson::dom::array(value)) {
      if (one.get(text) == simdjson::SUCCESS) return std::string(text);
    }
    return "";
  }

  static std::string Reference(const object& fields, const char* key) {
    element value;
    if (fields[key].get(value) != simdjson::SUCCESS) return "";
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) return std::string(text);
    return value.is_object() ? std::string(StringAt(object(value), "@id")) : "";
  }

  static void Free(const object& fields, JsonLd& what) {
    element value;
    if (fields["isAccessibleForFree"].get(value) != simdjson::SUCCESS) return;
    std::string_view text;
    bool flag = false;
    if (value.get(flag) == simdjson::SUCCESS) {
      what.free = flag ? "true" : "false";
    } else if (value.get(text) == simdjson::SUCCESS) {
      what.free = text;
    }
  }

  // Names stand as strings, as objects with a name, as references to such, alone or in lists.
  static void People(const object& fields, const char* key, std::vector<std::string>& names,
                     std::vector<std::string>& ids) {
    element value;
    if (fields[key].get(value) != simdjson::SUCCESS) return;
    const auto take = [&](const element& one) {
      std::string_view text;
      if (one.get(text) == simdjson::SUCCESS) {
        names.emplace_back(text);
      } else if (one.is_object()) {
        const object person(one);
        element named;
        if (person["name"].get(named) == simdjson::SUCCESS && named.is_array()) {
          for (const element part : simdjson::dom::array(named)) {
            if (part.get(text) == simdjson::SUCCESS) names.emplace_back(text);
          }
        } else if (const std::string name = First(person, "name"); !name.empty()) {
          names.push_back(name);
        } else if (const std::string_view id = StringAt(person, "@id"); !id.empty()) {
          ids.emplace_back(id);
        }
      }
    };
    if (value.is_array()) {
      for (const element one : simdjson::dom::array(value)) take(one);
    } else {
      take(value);
    }
  }

  // Authors that say of themselves that they are organisations go to a list of their own.
  static void PartOrganisations(const object& fields, JsonLd& what) {
    element value;
    if (fields["author"].get(value) != simdjson::SUCCESS) return;
    const auto part = [&](const element& one) {
      if (!one.is_object()) return;
      const object author(one);
      if (First(author, "@type").find("Organization") == std::string::npos) return;
      const std::string name = First(author, "name");
      if (std::erase(what.authors, name) > 0) what.organisations.push_back(name);
    };
    if (value.is_array()) {
      for (const element one : simdjson::dom::array(value)) part(one);
    } else {
      part(value);
    }
  }

  static void Keywords(const object& fields, JsonLd& what) {
    element value;
    if (fields["keywords"].get(value) != simdjson::SUCCESS) return;
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) {
      what.keywords.emplace_back(text);
    } else if (value.is_array()) {
      for (const element one : simdjson::dom::array(value)) {
        if (one.get(text) == simdjson::SUCCESS) what.keywords.emplace_back(text);
      }
    }
  }

  void Resolve(Found& found) const {
    for (const std::string& id : found.author_ids) {
      const auto known = names_.find(id);
      if (known != names_.end()) found.what.authors.push_back(known->second);
    }
    const auto known = names_.find(found.publisher_id);
    if (found.what.publisher.empty() && known != names_.end()) found.what.publisher = known->second;
  }

  static void Merge(JsonLd& from, JsonLd& into) {
    const auto fill = [](auto& to, auto& value) {
      if (to.empty()) to = std::move(value);
    };
    fill(into.headline, from.headline);
    fill(into.description, from.description);
    fill(into.article_body, from.article_body);
    fill(into.date_published, from.date_published);
    fill(into.date_modified, from.date_modified);
    fill(into.date_created, from.date_created);
    fill(into.publisher, from.publisher);
    fill(into.url, from.url);
    fill(into.section, from.section);
    fill(into.language, from.language);
    fill(into.free, from.free);
    fill(into.authors, from.authors);
    fill(into.organisations, from.organisations);
    fill(into.keywords, from.keywords);
  }

  std::string title_;
  std::vector<Found> found_;
  std::map<std::string, std::string, std::less<>> names_;
};

// A comment or CDATA wrapper gone, control characters in strings to blanks, commas before a closing
// bracket gone: what makes most broken scripts JSON.
std::string Mended(std::string_view script) {
  const size_t begin = script.find_first_of("{[");
  const size_t end = script.find_last_of("}]");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return "";
  std::string mended;
  mended.reserve(end - begin + 1);
  bool in_string = false;
  for (size_t i = begin; i <= end; ++i) {
    const char c = script[i];
    if (static_cast<unsigned char>(c) < 0x20) {
      mended += ' ';
      continue;
    }
    if (in_string && c == '\\' && i < end) {
      mended += c;
      mended += script[++i];
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (!in_string && (c == '}' || c == ']')) {
      const size_t last = mended.find_last_not_of(' ');
      if (last != std::string::npos && mended[last] == ',') mended.resize(last);
    }
    mended += c;
  }
  return mended;
}

// The string that follows "key": anywhere in the script, escapes undone roughly.
std::string Scan(std::string_view script, std::string_view key) {
  const std::string quoted = absl::StrCat("\"", std::string(key), "\"");
  for (size_t at = script.find(quoted); at != std::string_view::npos;
       at = script.find(quoted, at + quoted.size())) {
    size_t i = script.find_first_not_of(" \t\r\n", at + quoted.size());
    if (i == std::string_view::npos || script[i] != ':') continue;
    i = script.find_first_not_of(" \t\r\n", i + 1);
    if (i == std::string_view::npos || script[i] != '"') continue;
    std::string value;
    for (++i; i < script.size() && script[i] != '"'; ++i) {
      if (script[i] == '\\' && i + 1 < script.size()) ++i;
      value += script[i];
    }
    return value;
  }
  return "";
}

void ScanAll(std::string_view script, JsonLd& into) {
  const auto fill = [&](std::string& field, std::string_view key) {
    if (field.empty()) field = Scan(script, key);
  };
  fill(into.headline, "headline");
  fill(into.date_published, "datePublished");
  fill(into.date_modified, "dateModified");
  fill(into.description, "description");
}

}  // namespace

JsonLd ReadJsonLd(const std::vector<std::string>& scripts, std::string_view title) {
  simdjson::dom::parser parser;
  Reader reader(title);
  std::vector<std::string_view> broken;
  for (const std::string& script : scripts) {
    element root;
    if (parser.parse(script).get(root) == simdjson::SUCCESS ||
        parser.parse(Mended(script)).get(root) == simdjson::SUCCESS) {
      reader.Visit(root, 0);
    } else {
      broken.push_back(script);
    }
  }
  JsonLd all = reader.Finish();
  for (const std::string_view script : broken) ScanAll(script, all);
  return all;
}

}  // namespace verbatim::ingest
