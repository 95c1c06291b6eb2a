// SPDX-License-Identifier: Apache-2.0
// What the JSON-LD scripts of a page say of its article (schema.org Article and kin). Scripts that
// are no JSON are scanned for the few keys that matter: half of what is broken out there is broken
// in one comma.
#ifndef VERBATIM_CORE_INGEST_JSON_LD_H_
#define VERBATIM_CORE_INGEST_JSON_LD_H_

#include <string>
#include <string_view>
#include <vector>

namespace verbatim::ingest {

struct JsonLd {
  std::string headline;
  std::string description;
  std::string article_body;
  std::string date_published;
  std::string date_modified;
  std::string date_created;
  std::string publisher;
  std::string url;
  std::string section;
  std::string language;
  std::string free;                        // isAccessibleForFree, as printed
  std::vector<std::string> authors;        // persons, and what names no type
  std::vector<std::string> organisations;  // authors that are no persons
  std::vector<std::string> keywords;
};

// The article described by these scripts; empty fields where none is. Of several articles the one
// whose headline speaks of the same as `title`, what else the page is called; else the first.
// Entities in strings stay as they are printed.
JsonLd ReadJsonLd(const std::vector<std::string>& scripts, std::string_view title = {});

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_JSON_LD_H_
