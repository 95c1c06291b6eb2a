// SPDX-License-Identifier: Apache-2.0
// A log of scripts and a view over it: Tell("put 0 6b 72"); Fold(); EXPECT_EQ(Rows(0), "k=r@1 ");
#ifndef VERBATIM_TESTS_CORE_VIEW_VIEW_FIXTURE_H_
#define VERBATIM_TESTS_CORE_VIEW_VIEW_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/base/files.h"
#include "core/base/ids.h"
#include "core/log/body.h"
#include "core/log/event_log.h"
#include "core/view/folder.h"
#include "core/view/generation.h"
#include "tests/core/view/script_view.h"
#include "verbatim/v1/archive.pb.h"

namespace verbatim::view {

// A log in a temporary folder. Not a test fixture itself, so that properties can make many.
class World {
 public:
  World() {
    log_ =
        log::EventLog::Create(temporary_.path() / "log", "0123456789abcdef", LogOptions()).value();
  }

  log::LogOptions LogOptions() {
    log::LogOptions options;
    options.clock = &clock_;
    options.random = &random_;
    options.map_bytes = size_t{1} << 28;
    return options;
  }

  log::NewEvent Event(std::string stream, const google::protobuf::Message& body) {
    log::NewEvent event;
    event.id = base::NewEventId(clock_, random_);
    event.stream = std::move(stream);
    event.type = body.GetDescriptor()->full_name();
    event.actor.mutable_tool()->set_name("test");
    event.body = log::EncodeBody(body).value();
    return event;
  }

  // Returns the sequence of the last event.
  uint64_t Append(std::vector<log::NewEvent> events) {
    log::Unit unit;
    unit.events = std::move(events);
    return AppendUnit(std::move(unit));
  }
  uint64_t AppendUnit(log::Unit unit) { return log_->Append(std::move(unit)).value().back(); }

  log::NewEvent Script(const std::string& script) {
    v1::SettingChanged body;
    body.set_key("script");
    body.set_value(script);
    return Event("archive", body);
  }
  uint64_t Tell(const std::string& script) { return Append({Script(script)}); }

  // An event that no script view subscribes to.
  uint64_t Pass() {
    v1::PluginStateChanged body;
    body.set_plugin("script");
    return Append({Event("archive", body)});
  }

  std::unique_ptr<Generation> NewGeneration(const std::string& name = "view",
                                            v1::ViewBuild build = ScriptBuild()) {
    return Generation::Create(temporary_.path() / name, std::move(build), Durability::kScratch)
        .value();
  }

  // Everything up to `target`, by a new folder.
  FoldResult Fold(Generation& generation, FoldOptions options = {}, uint64_t target = kHead) {
    return Folder::Make(*log_, generation, ScriptView(), "", std::move(options))
        .value()
        ->FoldTo(target)
        .value();
  }

  const log::EventLog& log() const { return *log_; }
  const std::filesystem::path& path() const { return temporary_.path(); }

 private:
  base::TemporaryFolder temporary_{"verbatim-view"};
  base::FakeClock clock_{1'800'000'000'000'000, 7};
  base::SeededRandom random_{1};
  std::unique_ptr<log::EventLog> log_;
};

// "k=row@1 l=row@4 ": the rows of a table as they stood.
inline std::string Rows(const Generation& generation, uint32_t table = 0, uint64_t as_of = kNow) {
  std::string text;
  const auto reader = generation.Read().value();
  const absl::Status status = reader.Scan(table, {.as_of = as_of}, [&](const RowView& row) {
    text +=
        std::string(row.key) + "=" + std::string(row.row) + "@" + std::to_string(row.since) + " ";
    return true;
  });
  return status.ok() ? text : std::string(status.message());
}

}  // namespace verbatim::view

#endif  // VERBATIM_TESTS_CORE_VIEW_VIEW_FIXTURE_H_
