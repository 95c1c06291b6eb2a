// SPDX-License-Identifier: Apache-2.0
// A log copied event by event: the same root and headers, and nothing in it that doesn't belong.
#include "core/log/copy.h"

#include "tests/core/log/log_fixture.h"

namespace verbatim::log {
namespace {

using ::testing::HasSubstr;

class CopyTest : public LogTest {
 protected:
  void Fill() {
    ASSERT_TRUE(Append(Setting("user.name", "tove")).ok());
    ASSERT_TRUE(Append(Captured("rain", std::string(5000, 'r'))).ok());
    ASSERT_TRUE(Append(Ingested("rain", "It rained.", "https://news.example/rain")).ok());
    ASSERT_TRUE(Append(Added("rain", "rained")).ok());
    std::vector<NewEvent> many;
    for (int i = 0; i < 600; ++i) many.push_back(Setting("n", std::to_string(i)));
    ASSERT_TRUE(log_->Append(UnitOf(std::move(many))).ok());
  }

  void Erase(uint64_t sequence) {
    v1::ContentErased body;
    body.set_sequence(sequence);
    body.add_erased(sequence);
    Unit unit = UnitOf({Event(StreamOf("rain"), body)});
    unit.erase = {sequence};
    ASSERT_TRUE(log_->Append(std::move(unit)).ok());
  }

  absl::StatusOr<LogCopy> Begin() {
    return LogCopy::Begin(temporary_.path() / "copy", kArchiveId, Options());
  }

  // Every event up to `to`, the header or body at `altered` with a bit flipped.
  absl::StatusOr<VerifyReport> Copy(uint64_t to, uint64_t altered_header = 0,
                                    uint64_t altered_body = 0) {
    VB_ASSIGN_OR_RETURN(LogCopy copy, Begin());
    VB_ASSIGN_OR_RETURN(const Snapshot snapshot, log_->Read());
    for (uint64_t sequence = 1; sequence <= to; ++sequence) {
      VB_ASSIGN_OR_RETURN(const std::string_view raw, snapshot.RawHeader(sequence));
      std::string header(raw);
      VB_ASSIGN_OR_RETURN(auto body, snapshot.BodyWithSalt(sequence));
      if (sequence == altered_header) header[header.size() / 2] ^= 1;
      if (sequence == altered_body) body->body.back() ^= 1;
      VB_RETURN_IF_ERROR(copy.Add(header, std::move(body)));
    }
    return copy.Finish();
  }
};

TEST_F(CopyTest, HasTheSameRootAndTheSameIndexes) {
  Fill();
  Erase(4);
  const auto copied = Copy(Head());
  ASSERT_TRUE(copied.ok()) << copied.status();
  const Snapshot original = log_->Read().value();
  EXPECT_EQ(copied->root, base::ToString(original.RootAt(original.head()).value()));
  EXPECT_EQ(copied->erased, 1u);

  const auto log = EventLog::Open(temporary_.path() / "copy", Options());
  ASSERT_TRUE(log.ok()) << log.status();
  const Snapshot copy = (*log)->Read().value();
  EXPECT_EQ(copy.FindByUrl("https://news.example/rain").value(), Article("rain"));
  for (uint64_t sequence = 1; sequence <= original.head(); ++sequence) {
    EXPECT_EQ(copy.BodyValue(sequence).value(), original.BodyValue(sequence).value()) << sequence;
  }
}

TEST_F(CopyTest, IsGoneOnWith) {
  Fill();
  ASSERT_TRUE(Copy(Head()).ok());
  const auto log = EventLog::Open(temporary_.path() / "copy", Options());
  ASSERT_TRUE(log.ok());
  ASSERT_TRUE((*log)->Append(UnitOf({Setting("later", "yes")})).ok());
  EXPECT_TRUE(Verify(**log, {})->whole);
}

TEST_F(CopyTest, APrefixIsALogToo) {
  Fill();
  const auto copied = Copy(3);
  ASSERT_TRUE(copied.ok()) << copied.status();
  EXPECT_EQ(copied->root, base::ToString(log_->Read()->RootAt(3).value()));
}

TEST_F(CopyTest, ABodyOfAnotherHeaderIsRefused) {
  Fill();
  const auto copied = Copy(Head(), 0, 3);
  EXPECT_EQ(copied.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(copied.status().message(), HasSubstr("event 3"));
}

TEST_F(CopyTest, AMissingBodyThatNobodyErasedIsRefused) {
  Fill();
  Erase(4);
  EXPECT_EQ(Copy(Head() - 1).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(CopyTest, KeepsCheckpoints) {
  Fill();
  auto copy = Begin();
  ASSERT_TRUE(copy.ok());
  const Snapshot snapshot = log_->Read().value();
  ASSERT_TRUE(copy->Add(snapshot.RawHeader(1).value(), snapshot.BodyWithSalt(1).value()).ok());
  EXPECT_EQ(copy->AddCheckpoint(2, "of what is not there").code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace verbatim::log
