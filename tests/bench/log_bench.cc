// SPDX-License-Identifier: Apache-2.0
// The log against a bare LMDB loop with the same flags, interleaved in one run: medians and
// quartiles of ratios, which a noisy machine moves less than rates.
//
//   log_bench [ROUNDS] [FOLDER]
//
//   P1 append.bN          bodies in hand: AppendBatch, N events a commit / opaque blobs, N a commit
//   P2 ingest.b1000       the same, with messages built and encoded as ingest does
//   P6 replay.headers     ScanHeaders / a cursor over the bare blobs of the headers
//   P6 replay.one_type    parse one type in 31 / parse every body (time ratio, larger is better)
#include <fmt/format.h>
#include <lmdb.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "core/base/check.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/log/body.h"
#include "core/log/event_log.h"
#include "core/store/keys.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/article.pb.h"
#include "verbatim/v1/quote.pb.h"

namespace verbatim::log {
namespace {

constexpr int kAnnotations = 30;  // to an article
constexpr std::string_view kWords[] = {"river",  "council", "said",   "the",    "bridge",
                                       "would",  "open",    "before", "winter", "and",
                                       "nobody", "doubted", "it"};

double Seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

class Generator {
 public:
  std::string Text(size_t bytes) {
    std::string text;
    while (text.size() < bytes) {
      text.append(kWords[random_() % std::size(kWords)]).push_back(' ');
    }
    return text;
  }

  // An article and its annotations.
  Unit Next() {
    const std::string article = base::ArticleIdOfContent(std::to_string(++articles_));
    const std::string stream = base::ToHex(article);
    v1::ArticleIngested ingested;
    ingested.set_article(article);
    ingested.mutable_content()->set_text(Text(2500));
    ingested.mutable_content()->set_content_key(std::string(base::AsView(base::Sha256(article))));
    Unit unit;
    unit.events.push_back(Event(stream, ingested, ""));
    for (int i = 0; i < kAnnotations; ++i) unit.events.push_back(Annotation(article, stream));
    return unit;
  }

 private:
  NewEvent Event(const std::string& stream, const google::protobuf::Message& body, std::string id) {
    NewEvent event;
    event.id = id.empty() ? base::NewEventId(base::SystemClock(), base::SystemRandom()) : id;
    event.stream = stream;
    event.type = body.GetDescriptor()->full_name();
    event.actor.mutable_tool()->set_name("verbatim");
    event.actor.mutable_tool()->set_version("0.1.0");
    event.body = EncodeBody(body).value();
    return event;
  }

  NewEvent Annotation(const std::string& article, const std::string& stream) {
    const std::string id = base::NewEventId(base::SystemClock(), base::SystemRandom());
    v1::Quote quote;
    quote.set_speaker("Mara Lind");
    quote.set_speaker_key("mara lind");
    quote.set_cue_lemma("say");
    v1::AnnotationAdded added;
    added.set_annotation(base::AnnotationIdOf(id));
    v1::TextSpan& span = *added.mutable_anchor()->add_spans();
    span.set_begin_byte(static_cast<uint32_t>(random_() % 2000));
    span.set_end_byte(span.begin_byte() + 80);
    span.set_exact(Text(80));
    added.mutable_anchor()->set_article(article);
    added.mutable_anchor()->set_text_sha256(std::string(32, 's'));
    added.mutable_anchor()->set_prefix(Text(30));
    added.mutable_anchor()->set_suffix(Text(30));
    added.mutable_body()->set_type("verbatim.v1.Quote");
    added.mutable_body()->set_value(quote.SerializeAsString());
    added.set_claim_key(std::string(32, 'c'));
    return Event(stream, added, id);
  }

  std::mt19937_64 random_{20'261'122};
  uint64_t articles_ = 0;
};

// What anybody would write: one database, sequence to blob, MDB_APPEND.
class BareLmdb {
 public:
  explicit BareLmdb(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    VB_CHECK(mdb_env_create(&env_) == 0, "create");
    VB_CHECK(mdb_env_set_mapsize(env_, size_t{64} << 30) == 0, "map");
    VB_CHECK(mdb_env_set_maxdbs(env_, 2) == 0, "dbs");
    VB_CHECK(mdb_env_open(env_, folder.c_str(), MDB_NOTLS, 0644) == 0, "open");
    MDB_txn* txn = nullptr;
    VB_CHECK(mdb_txn_begin(env_, nullptr, 0, &txn) == 0, "begin");
    VB_CHECK(mdb_dbi_open(txn, "events", MDB_CREATE, &db_) == 0, "open database");
    VB_CHECK(mdb_txn_commit(txn) == 0, "commit");
  }
  ~BareLmdb() { mdb_env_close(env_); }

  void Append(const std::vector<std::string>& blobs) {
    MDB_txn* txn = nullptr;
    VB_CHECK(mdb_txn_begin(env_, nullptr, 0, &txn) == 0, "begin");
    for (const std::string& blob : blobs) {
      const store::U64Key key(++last_);
      MDB_val k = {key.view().size(), const_cast<char*>(key.view().data())};
      MDB_val v = {blob.size(), const_cast<char*>(blob.data())};
      VB_CHECK(mdb_put(txn, db_, &k, &v, MDB_APPEND) == 0, "put");
    }
    VB_CHECK(mdb_txn_commit(txn) == 0, "commit");
  }

  // Every value's bytes touched.
  uint64_t Scan() {
    MDB_txn* txn = nullptr;
    MDB_cursor* cursor = nullptr;
    VB_CHECK(mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn) == 0, "begin");
    VB_CHECK(mdb_cursor_open(txn, db_, &cursor) == 0, "cursor");
    uint64_t sum = 0;
    MDB_val k;
    MDB_val v;
    while (mdb_cursor_get(cursor, &k, &v, MDB_NEXT) == 0) {
      const auto* bytes = static_cast<const unsigned char*>(v.mv_data);
      for (size_t i = 0; i < v.mv_size; i += 8) sum += bytes[i];
    }
    mdb_cursor_close(cursor);
    mdb_txn_abort(txn);
    return sum;
  }

 private:
  MDB_env* env_ = nullptr;
  MDB_dbi db_ = 0;
  uint64_t last_ = 0;
};

void Report(std::string_view name, std::string_view key, std::vector<double> ratios,
            double events_per_second) {
  std::sort(ratios.begin(), ratios.end());
  const auto at = [&](double q) {
    return ratios[static_cast<size_t>(q * static_cast<double>(ratios.size() - 1))];
  };
  fmt::print("{} {}={:.2f} [{:.2f}..{:.2f}] events_per_second={:.0f}\n", name, key, at(0.5),
             at(0.25), at(0.75), events_per_second);
}

LogOptions Options() {
  LogOptions options;
  options.clock = &base::SystemClock();
  options.random = &base::SystemRandom();
  return options;
}

// Units of about `events` events together.
std::vector<Unit> Batch(Generator& generator, size_t events) {
  std::vector<Unit> units;
  for (size_t count = 0; count < events;) {
    Unit unit = generator.Next();
    if (events < unit.events.size()) unit.events.resize(events);
    count += unit.events.size();
    units.push_back(std::move(unit));
  }
  return units;
}

std::vector<std::string> Blobs(const std::vector<Unit>& units) {
  std::vector<std::string> blobs;
  for (const Unit& unit : units) {
    for (const NewEvent& event : unit.events) blobs.push_back(event.body + std::string(200, 'h'));
  }
  return blobs;
}

void AppendAll(EventLog& log, std::vector<Unit> units) {
  for (const auto& result : log.AppendBatch(std::move(units))) {
    VB_CHECK(result.ok(), "the log appends");
  }
}

void BenchAppend(const std::filesystem::path& folder, int rounds, size_t events, bool encode) {
  Generator generator;
  const std::string name = fmt::format("{}.b{}", encode ? "P2 ingest" : "P1 append", events);
  const auto log =
      EventLog::Create(folder / (name + "-log"), std::string(16, 'a'), Options()).value();
  BareLmdb bare(folder / (name + "-bare"));
  constexpr int kCommits = 8;
  std::vector<double> ratios;
  double best = 0;
  for (int round = 0; round < rounds; ++round) {
    std::vector<std::vector<Unit>> batches;
    std::vector<std::vector<std::string>> blobs;
    for (int i = 0; i < kCommits; ++i) {
      batches.push_back(Batch(generator, events));
      blobs.push_back(Blobs(batches.back()));
    }
    const double bare_seconds = Seconds([&] {
      for (const auto& batch : blobs) bare.Append(batch);
    });
    size_t appended = 0;
    const double log_seconds = Seconds([&] {
      for (auto& batch : batches) {
        if (encode) batch = Batch(generator, events);
        for (const Unit& unit : batch) appended += unit.events.size();
        AppendAll(*log, std::move(batch));
      }
    });
    ratios.push_back(bare_seconds / log_seconds);
    best = std::max(best, static_cast<double>(appended) / log_seconds);
  }
  Report(name, "ratio_vs_lmdb", ratios, best);
}

void BenchReplay(const std::filesystem::path& folder, int rounds) {
  constexpr size_t kEvents = 200'000;
  Generator generator;
  const auto log = EventLog::Create(folder / "replay", std::string(16, 'a'), Options()).value();
  BareLmdb bare(folder / "replay-bare");
  for (size_t done = 0; done < kEvents; done += 10'000) AppendAll(*log, Batch(generator, 10'000));
  Snapshot snapshot = log->Read().value();
  std::vector<std::string> headers;
  for (uint64_t sequence = 1; sequence <= snapshot.head(); ++sequence) {
    headers.emplace_back(snapshot.RawHeader(sequence).value());
  }
  bare.Append(headers);
  std::vector<double> header_ratios;
  std::vector<double> type_ratios;
  double best = 0;
  uint64_t sum = 0;
  const auto parse = [&](bool all) {
    const absl::Status status =
        snapshot.ScanHeaders(1, snapshot.head(), [&](uint64_t sequence, const HeaderView& header) {
          const bool article = header.type == "verbatim.v1.ArticleIngested";
          if (!all && !article) return true;
          const auto body = snapshot.Body(sequence, header);
          v1::ArticleIngested ingested;
          v1::AnnotationAdded added;
          sum += article ? ingested.ParseFromString(**body) : added.ParseFromString(**body);
          return true;
        });
    VB_CHECK(status.ok(), "the log is read");
  };
  for (int round = 0; round < rounds; ++round) {
    const double bare_seconds = Seconds([&] { sum += bare.Scan(); });
    const double log_seconds = Seconds([&] {
      const absl::Status status = snapshot.ScanHeaders(
          1, snapshot.head(), [&](uint64_t sequence, const HeaderView& header) {
            sum += sequence + header.type.size();
            return true;
          });
      VB_CHECK(status.ok(), "the log is read");
    });
    header_ratios.push_back(bare_seconds / log_seconds);
    best = std::max(best, static_cast<double>(snapshot.head()) / log_seconds);
    const double everything = Seconds([&] { parse(true); });
    type_ratios.push_back(everything / Seconds([&] { parse(false); }));
  }
  Report("P6 replay.headers", "ratio_vs_lmdb", header_ratios, best);
  Report("P6 replay.one_type", "ratio_vs_full_parse", type_ratios, best);
  VB_CHECK(sum != 0, "the work was done");
}

}  // namespace
}  // namespace verbatim::log

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 7;
  const verbatim::base::TemporaryFolder temporary("log_bench");
  const std::filesystem::path folder = argc > 2 ? argv[2] : temporary.path();
  for (const size_t events : {1U, 100U, 1'000U, 10'000U}) {
    verbatim::log::BenchAppend(folder, rounds, events, false);
  }
  verbatim::log::BenchAppend(folder, rounds, 1'000, true);
  verbatim::log::BenchReplay(folder, rounds);
  return 0;
}
