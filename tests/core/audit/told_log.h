// SPDX-License-Identifier: Apache-2.0
// A story written into a log, and rows as lines that tests can compare.
#ifndef VERBATIM_TESTS_CORE_AUDIT_TOLD_LOG_H_
#define VERBATIM_TESTS_CORE_AUDIT_TOLD_LOG_H_

#include <memory>
#include <string>
#include <vector>

#include "core/audit/rows.h"
#include "core/base/check.h"
#include "core/base/files.h"
#include "core/log/event_log.h"
#include "core/schema/value.h"
#include "tests/core/article/story.h"

namespace verbatim::audit {

inline constexpr char kText[] =
    "The harbour opened on Tuesday. Fishing resumes on Friday, the mayor said.";

// "value|value" of the named fields of every row.
inline std::vector<std::string> Tell(const std::vector<schema::Record>& rows,
                                     const std::vector<std::string>& fields) {
  std::vector<std::string> told;
  for (const schema::Record& row : rows) {
    std::string line;
    for (size_t i = 0; i < fields.size(); ++i) {
      const schema::Value* value = row.FindPath(fields[i]);
      line += (i == 0 ? "" : "|") + (value == nullptr ? "" : schema::TextOf(*value));
    }
    told.push_back(line);
  }
  return told;
}

inline std::string At(const schema::Record& row, const std::string& field) {
  const schema::Value* value = row.FindPath(field);
  return value == nullptr ? "(none)" : schema::TextOf(*value);
}

// A log in a temporary folder. Not a test fixture itself, so that properties can make many.
class ToldLog {
 public:
  // What the story has told since the last call, in the log.
  void Write(const article::Story& story) {
    if (written_ == story.told().size()) return;
    log::Unit unit;
    for (; written_ < story.told().size(); ++written_) {
      const article::Told& told = story.told()[written_];
      unit.events.push_back({.id = told.header.event_id(),
                             .stream = told.header.stream(),
                             .type = told.header.type(),
                             .actor = told.header.actor(),
                             .caused_by = told.header.caused_by(),
                             .correlation = {},
                             .body = *told.body});
    }
    const auto sequences = log_->Append(std::move(unit));
    VB_CHECK(sequences.ok() && sequences->back() == written_,
             "the log takes what was told, under the same numbers");
  }

  log::Snapshot Read() const { return log_->Read().value(); }
  const log::EventLog& log() const { return *log_; }

 private:
  base::TemporaryFolder folder_;
  base::FakeClock clock_{1'700'000'000'000'000, 1'000'000};
  base::SeededRandom random_{3};
  std::unique_ptr<log::EventLog> log_ =
      log::EventLog::Create(folder_.path() / "log", std::string(16, 'a'),
                            {.clock = &clock_, .random = &random_, .map_bytes = size_t{1} << 28})
          .value();
  size_t written_ = 0;
};

}  // namespace verbatim::audit

#endif  // VERBATIM_TESTS_CORE_AUDIT_TOLD_LOG_H_
