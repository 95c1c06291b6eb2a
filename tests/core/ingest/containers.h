// SPDX-License-Identifier: Apache-2.0
// Crawls, lines and feeds that tests write, and what the readers make of them.
#ifndef VERBATIM_TESTS_CORE_INGEST_CONTAINERS_H_
#define VERBATIM_TESTS_CORE_INGEST_CONTAINERS_H_

#include <string>
#include <vector>

namespace verbatim::ingest {

// Three sentences.
extern const char kStory[];

// A page with that headline and the story, twice.
std::string Page(const std::string& title);

// A record of a crawl, uncompressed, with the line ends that stand behind it.
std::string Record(const std::string& url, const std::string& http,
                   const std::string& type = "response");

// An answer of a server; `more` are header lines.
std::string Http(const std::string& body, const std::string& more = "", int status = 200);

// What a reader gives, a line a reading: the URL of an article, or why there is none.
std::vector<std::string> Warc(std::string bytes);
std::vector<std::string> Lines(std::string bytes);
std::vector<std::string> Feed(std::string bytes);

}  // namespace verbatim::ingest

#endif  // VERBATIM_TESTS_CORE_INGEST_CONTAINERS_H_
