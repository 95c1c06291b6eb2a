// SPDX-License-Identifier: Apache-2.0
#include "tests/core/ingest/containers.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "core/ingest/reading.h"

namespace verbatim::ingest {
namespace {

template <typename Reader>
std::vector<std::string> Read(std::string bytes, Reader reader) {
  std::vector<std::string> lines;
  ByteStream stream = ByteStream::Of(std::move(bytes));
  const auto take = [&](Reading reading) {
    if (!reading.skipped.empty()) {
      lines.push_back("skipped " + reading.skipped);
    } else if (const auto draft = reading.draft(); draft.ok()) {
      lines.push_back(draft->content.metadata().canonical_url());
    } else {
      lines.emplace_back(draft.status().message());
    }
    return absl::OkStatus();
  };
  EXPECT_TRUE(reader(stream, take).ok());
  return lines;
}

}  // namespace

const char kStory[] =
    "The harbour council voted on Tuesday to raise the dues for fishing boats from next spring. "
    "Owners of small boats said that they had not been asked, and that many would give up. "
    "The council's treasurer said the money was needed to repair the northern sea wall.";

std::string Page(const std::string& title) {
  return absl::StrCat("<!DOCTYPE html><html><head><title>", title, "</title></head><body><h1>",
                      title, "</h1><article><p>", kStory, "</p><p>", kStory,
                      "</p></article></body></html>");
}

std::string Record(const std::string& url, const std::string& http, const std::string& type) {
  return absl::StrCat("WARC/1.0\r\nWARC-Type: ", type, "\r\nWARC-Record-ID: <urn:", url,
                      ">\r\nWARC-Date: 2021-04-09T10:00:00Z\r\nWARC-Target-URI: ", url,
                      "\r\nContent-Length: ", http.size(), "\r\n\r\n", http, "\r\n\r\n");
}

std::string Http(const std::string& body, const std::string& more, int status) {
  return absl::StrCat("HTTP/1.1 ", status, " OK\r\nContent-Type: text/html; charset=utf-8\r\n",
                      more, "\r\n", body);
}

std::vector<std::string> Warc(std::string bytes) {
  return Read(std::move(bytes), [](ByteStream& stream, const OnReading& take) {
    return ReadWarc(stream, "crawl.warc", {}, take);
  });
}

std::vector<std::string> Lines(std::string bytes) {
  return Read(std::move(bytes), [](ByteStream& stream, const OnReading& take) {
    return ReadJsonLines(stream, "news.jsonl", {}, 0, take);
  });
}

std::vector<std::string> Feed(std::string bytes) {
  return Read(std::move(bytes), [](ByteStream& stream, const OnReading& take) {
    return ReadFeed(stream, "feed.xml", {}, take);
  });
}

}  // namespace verbatim::ingest
