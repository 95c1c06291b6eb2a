// SPDX-License-Identifier: Apache-2.0
// A log in a temporary folder, spoken to in the words of the domain: Ingest("a"), Annotate("a").
#ifndef VERBATIM_TESTS_CORE_LOG_LOG_FIXTURE_H_
#define VERBATIM_TESTS_CORE_LOG_LOG_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/log/body.h"
#include "core/log/event_log.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/archive.pb.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::log {

inline const std::string kArchiveId = "0123456789abcdef";

// 16 bytes that a test can name.
inline std::string Article(std::string_view name) {
  return base::ToString(base::Sha256(name)).substr(0, base::kIdBytes);
}
inline std::string StreamOf(std::string_view name) { return base::ToHex(Article(name)); }

inline v1::Actor Tool() {
  v1::Actor actor;
  actor.mutable_tool()->set_name("verbatim");
  actor.mutable_tool()->set_version("0.1.0");
  return actor;
}

class LogTest : public ::testing::Test {
 protected:
  void SetUp() override { Create(); }

  void Create() {
    auto log = EventLog::Create(folder(), kArchiveId, Options());
    ASSERT_TRUE(log.ok()) << log.status();
    log_ = *std::move(log);
  }
  void Reopen() {
    log_.reset();
    auto log = EventLog::Open(folder(), Options());
    ASSERT_TRUE(log.ok()) << log.status();
    log_ = *std::move(log);
  }
  std::filesystem::path folder() const { return temporary_.path() / "log"; }
  LogOptions Options() {
    LogOptions options;
    options.clock = &clock_;
    options.random = &random_;
    return options;
  }
  std::string NewId() { return base::NewEventId(clock_, random_); }

  NewEvent Event(std::string stream, const google::protobuf::Message& body) {
    NewEvent event;
    event.id = NewId();
    event.stream = std::move(stream);
    event.type = body.GetDescriptor()->full_name();
    event.actor = Tool();
    event.body = EncodeBody(body).value();
    return event;
  }
  NewEvent Setting(std::string_view key, std::string_view value) {
    v1::SettingChanged body;
    body.set_key(std::string(key));
    body.set_value(std::string(value));
    return Event("archive", body);
  }
  NewEvent Ingested(std::string_view name, std::string_view text, std::string_view url = "") {
    v1::ArticleIngested body;
    body.set_article(Article(name));
    FillContent(text, url, *body.mutable_content());
    return Event(StreamOf(name), body);
  }
  NewEvent Revised(std::string_view name, uint32_t revision, std::string_view text,
                   std::string_view url = "") {
    v1::ArticleRevised body;
    body.set_article(Article(name));
    body.set_revision(revision);
    FillContent(text, url, *body.mutable_content());
    return Event(StreamOf(name), body);
  }
  NewEvent Captured(std::string_view name, std::string_view bytes) {
    v1::SourceCaptured body;
    body.set_article(Article(name));
    body.set_content(std::string(bytes));
    body.set_content_sha256(base::ToString(base::Sha256(bytes)));
    return Event(StreamOf(name), body);
  }
  NewEvent Added(std::string_view name, std::string_view exact) {
    v1::AnnotationAdded body;
    body.mutable_anchor()->set_article(Article(name));
    body.mutable_anchor()->add_spans()->set_exact(std::string(exact));
    NewEvent event = Event(StreamOf(name), body);
    body.set_annotation(base::AnnotationIdOf(event.id));
    event.body = EncodeBody(body).value();
    return event;
  }

  static Unit UnitOf(std::vector<NewEvent> events) {
    Unit unit;
    unit.events = std::move(events);
    return unit;
  }
  absl::StatusOr<std::vector<uint64_t>> Append(NewEvent event) {
    std::vector<NewEvent> events;
    events.push_back(std::move(event));
    return log_->Append(UnitOf(std::move(events)));
  }
  uint64_t Head() { return log_->Read().value().head(); }

  base::TemporaryFolder temporary_;
  base::FakeClock clock_{1'800'000'000'000'000, 7};
  base::SeededRandom random_{1};
  std::unique_ptr<EventLog> log_;

 private:
  static void FillContent(std::string_view text, std::string_view url,
                          v1::ArticleContent& content) {
    content.set_text(std::string(text));
    content.set_text_sha256(base::ToString(base::Sha256(text)));
    content.set_content_key(base::ToString(base::Sha256({"key", text})));
    content.mutable_metadata()->set_canonical_url(std::string(url));
  }
};

inline std::string ContentKey(std::string_view text) {
  return base::ToString(base::Sha256({"key", text}));
}

}  // namespace verbatim::log

#endif  // VERBATIM_TESTS_CORE_LOG_LOG_FIXTURE_H_
