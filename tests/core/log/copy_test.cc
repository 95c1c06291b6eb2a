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

  static absl::Status AddTo(CopyBatch& batch, std::string_view header,
                            const std::optional<SaltedBody>& body) {
    return body ? batch.Add(header, body->salt, body->body) : batch.Add(header, {}, {});
  }

  // These events of the log, in this order, as a log of their own.
  absl::StatusOr<VerifyReport> CopyOf(const std::vector<uint64_t>& sequences) {
    VB_ASSIGN_OR_RETURN(LogCopy copy, Begin());
    VB_ASSIGN_OR_RETURN(const Snapshot snapshot, log_->Read());
    CopyBatch batch;
    for (const uint64_t sequence : sequences) {
      VB_ASSIGN_OR_RETURN(const std::string_view header, snapshot.RawHeader(sequence));
      VB_ASSIGN_OR_RETURN(const auto body, snapshot.BodyWithSalt(sequence));
      VB_RETURN_IF_ERROR(AddTo(batch, header, body));
    }
    VB_RETURN_IF_ERROR(copy.Add({&batch, 1}));
    return copy.Finish();
  }

  // Every event up to `to`, the header or body at `altered` with a bit flipped.
  absl::StatusOr<VerifyReport> Copy(uint64_t to, uint64_t altered_header = 0,
                                    uint64_t altered_body = 0) {
    VB_ASSIGN_OR_RETURN(LogCopy copy, Begin());
    std::vector<CopyBatch> batches;
    VB_ASSIGN_OR_RETURN(const Snapshot snapshot, log_->Read());
    for (uint64_t sequence = 1; sequence <= to; ++sequence) {
      VB_ASSIGN_OR_RETURN(const std::string_view raw, snapshot.RawHeader(sequence));
      std::string header(raw);
      VB_ASSIGN_OR_RETURN(auto body, snapshot.BodyWithSalt(sequence));
      if (sequence == altered_header) header[header.size() / 2] ^= 1;
      if (sequence == altered_body) body->body.back() ^= 1;
      if (sequence % 100 == 1) batches.emplace_back();
      VB_RETURN_IF_ERROR(base::WithContext(AddTo(batches.back(), header, body),
                                           "event " + std::to_string(sequence)));
    }
    const absl::Span<const CopyBatch> all(batches);
    VB_RETURN_IF_ERROR(copy.Add(all.first(batches.size() / 2)));
    VB_RETURN_IF_ERROR(copy.Add(all.subspan(batches.size() / 2)));
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

// Events that are sound, each for itself, and no log together.
TEST_F(CopyTest, EventsThatDontFollowEachOtherAreRefused) {
  Fill();
  const struct {
    const char* what;
    std::vector<uint64_t> sequences;
    const char* why;
  } wrong[] = {
      {"one is missing in its stream", {1, 2, 4}, "event 3: it has version 2 of its stream"},
      {"one comes twice", {1, 2, 2}, "event 3: it was recorded before"},
      {"two changed places", {2, 1}, "event 2: it was recorded before"},
      {"the beginning is missing",
       {3},
       "event 1: it has version 1 of its stream, and 0 is the next"},
  };
  for (const auto& each : wrong) {
    SCOPED_TRACE(each.what);
    const auto copied = CopyOf(each.sequences);
    EXPECT_EQ(copied.status().code(), absl::StatusCode::kDataLoss);
    EXPECT_THAT(std::string(copied.status().message()), HasSubstr(each.why));
    std::filesystem::remove_all(temporary_.path() / "copy");
  }
}

// What a copy asks of the events as they come is all that a full verify asks of the log.
TEST_F(CopyTest, VerifyFindsNothingThatTheCopyDidNot) {
  Fill();
  Erase(4);
  const auto copied = Copy(Head());
  ASSERT_TRUE(copied.ok()) << copied.status();
  const auto log = EventLog::Open(temporary_.path() / "copy", Options());
  ASSERT_TRUE(log.ok());
  const auto verified = Verify(**log, {});
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_TRUE(verified->whole) << verified->what;
  EXPECT_EQ(verified->root, copied->root);
  EXPECT_EQ(verified->events, copied->events);
  EXPECT_EQ(verified->bodies, copied->bodies);
  EXPECT_EQ(verified->erased, copied->erased);
  EXPECT_EQ(verified->body_bytes, copied->body_bytes);
}

TEST_F(CopyTest, ACheckpointThatIsNoneIsRefused) {
  Fill();
  auto copy = Begin();
  ASSERT_TRUE(copy.ok());
  const Snapshot snapshot = log_->Read().value();
  CopyBatch batch;
  ASSERT_TRUE(AddTo(batch, snapshot.RawHeader(1).value(), snapshot.BodyWithSalt(1).value()).ok());
  ASSERT_TRUE(batch.AddCheckpoint("signed by nobody").ok());
  ASSERT_TRUE(copy->Add({&batch, 1}).ok());
  const auto finished = copy->Finish();
  EXPECT_EQ(finished.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(finished.status().message()), HasSubstr("checkpoint"));
}

}  // namespace
}  // namespace verbatim::log
