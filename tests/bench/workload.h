// SPDX-License-Identifier: Apache-2.0
// Articles with their annotations, of realistic sizes, made of words of our own: text that
// compresses as news does, quotations that quote it, ids and keys spread as the real ones are. One
// seed gives one workload.
#ifndef VERBATIM_TESTS_BENCH_WORKLOAD_H_
#define VERBATIM_TESTS_BENCH_WORKLOAD_H_

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "core/log/event_log.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::bench {

inline constexpr size_t kAnnotationsOfArticle = 30;

// One article with what was found in it, before anything is serialized. `ids` are the event ids,
// the article's first.
struct Draft {
  std::string stream;
  v1::ArticleIngested ingested;
  std::vector<v1::AnnotationAdded> added;
  std::vector<std::string> ids;
};

class Workload {
 public:
  explicit Workload(uint64_t seed = 20'261'122) : random_(seed) {}

  Draft Next();
  // One of these words, without annotations.
  Draft Article(std::string text, std::string title);
  // Drafts of `events` events together: the last one is cut to fit.
  std::vector<Draft> Events(size_t events);
  std::string Text(size_t bytes);

 private:
  uint32_t Below(size_t end) { return static_cast<uint32_t>(random_() % end); }
  std::string Name();
  v1::AnnotationAdded Quotation(const Draft& draft, const std::string& id);

  std::mt19937_64 random_;
  uint64_t articles_ = 0;
};

// Serialized and checked, as ingest does it.
log::Unit Encode(const Draft& draft);
std::vector<log::Unit> Encode(const std::vector<Draft>& drafts);
// Digested and compressed too: ready for AppendPrepared.
std::vector<log::PreparedUnit> Prepare(const log::EventLog& log, const std::vector<Draft>& drafts);

// What a bare store is given: for every event the bytes of its header and of its body.
std::vector<std::string> BlobsOf(const std::vector<Draft>& drafts);
uint64_t BytesOf(const std::vector<std::string>& blobs);

log::LogOptions WriterOptions();
std::unique_ptr<log::EventLog> NewLog(const std::filesystem::path& folder);
// Checks that all were appended.
void AppendAll(log::EventLog& log, std::vector<log::Unit> units);
void AppendAll(log::EventLog& log, std::vector<log::PreparedUnit> units);
// A log of at least `events` events.
void Fill(log::EventLog& log, Workload& workload, size_t events);

}  // namespace verbatim::bench

#endif  // VERBATIM_TESTS_BENCH_WORKLOAD_H_
