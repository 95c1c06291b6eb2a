// SPDX-License-Identifier: Apache-2.0
// The annotator and the view `quotes` of quotes.so, through the C boundary.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "loaded_plugin.h"
#include "verbatim/quotes/v1/quotes.pb.h"
#include "verbatim/v1/date.pb.h"
#include "verbatim/v1/plugin.pb.h"
#include "verbatim/v1/quote.pb.h"
#include "verbatim/v1/speaker.pb.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::quotes {
namespace {

struct Answer {
  vb_status status = VB_OK;
  std::string error;
  std::vector<verbatim::v1::Proposal> proposals;
  Quote Body(size_t n) const { return Parse<Quote>(proposals.at(n).body().value()); }
};

Answer Annotate(const std::string& request) {
  const vb_host host = QuietHost();
  Answer answer;
  vb_sink error = Into(answer.error);
  const vb_annotator* annotator = Plugin().annotator(ToAbi("quotes"));
  void* self = annotator->create(&host, {}, &error);
  vb_sink proposals{&answer, [](void* ctx, vb_bytes bytes) -> int32_t {
                      static_cast<Answer*>(ctx)->proposals.push_back(
                          Parse<verbatim::v1::Proposal>(FromAbi(bytes)));
                      return 0;
                    }};
  answer.status = annotator->annotate(self, ToAbi(request), &proposals, &error);
  annotator->destroy(self);
  return answer;
}

TEST(Annotator, FillsTheBodyAndBothUnits) {
  verbatim::v1::AnnotateRequest request;
  request.set_text("Hé. “The dam is old,” Ada Lund said on Tuesday.");
  request.mutable_metadata()->mutable_published()->set_value("2031-05-08");
  verbatim::v1::TemporalExpression date;
  date.set_type(verbatim::v1::TemporalExpression::TYPE_DATE);
  date.set_value("2031-05-06");
  auto* upstream = request.add_upstream();
  upstream->mutable_body()->set_type("verbatim.v1.TemporalExpression");
  upstream->mutable_body()->set_value(date.SerializeAsString());
  auto* span = upstream->mutable_anchor()->add_spans();
  const auto at = static_cast<uint32_t>(request.text().find("Tuesday"));
  span->set_begin_byte(at);
  span->set_end_byte(at + 7);
  const Answer answer = Annotate(request.SerializeAsString());
  ASSERT_EQ(answer.status, VB_OK);
  ASSERT_EQ(answer.proposals.size(), 1u);
  const verbatim::v1::TextSpan& found = answer.proposals[0].spans(0);
  EXPECT_EQ(found.exact(), "The dam is old,");
  EXPECT_EQ(found.begin_char(), 5u);
  EXPECT_EQ(found.end_char(), 20u);
  EXPECT_EQ(request.text().substr(found.begin_byte(), found.end_byte() - found.begin_byte()),
            found.exact());
  const Quote body = answer.Body(0);
  EXPECT_EQ(body.kind(), Quote::KIND_DIRECT);
  EXPECT_EQ(body.speaker(), "Ada Lund");
  EXPECT_EQ(body.speaker_key(), "ada lund");
  EXPECT_EQ(body.cue().exact(), "said");
  EXPECT_EQ(body.cue_lemma(), "say");
  EXPECT_EQ(body.speaker_mention().exact(), "Ada Lund");
  EXPECT_EQ(body.said_on(), "2031-05-06");
  EXPECT_EQ(body.said_on_basis(), Quote::SAID_ON_STATED);
  date.mutable_anchor()->set_kind(verbatim::v1::TemporalExpression::Basis::KIND_MENTION);
  upstream->mutable_body()->set_value(date.SerializeAsString());
  EXPECT_EQ(Annotate(request.SerializeAsString()).Body(0).said_on_basis(), Quote::SAID_ON_INFERRED);
  EXPECT_EQ(body.rule(), "q-s-v");
}

TEST(Annotator, RefusesWhatIsNoUtf8) {
  verbatim::v1::AnnotateRequest request;
  request.set_text("plain");
  std::string bytes = request.SerializeAsString();
  bytes[bytes.find("plain")] = '\xFF';
  EXPECT_EQ(Annotate(bytes).status, VB_BAD_INPUT);
  EXPECT_EQ(Annotate("\x01\x02 no request").status, VB_BAD_INPUT);
  EXPECT_NE(Annotate(bytes).error, "");
}

TEST(Annotator, EqualWordsTwiceAreTwoClaims) {
  verbatim::v1::AnnotateRequest request;
  request.set_text("\"It is old,\" Ada Lund said.\n\n\"It is old,\" Jens Berg said.");
  const Answer answer = Annotate(request.SerializeAsString());
  ASSERT_EQ(answer.proposals.size(), 2u);
  EXPECT_NE(answer.proposals[0].key(), answer.proposals[1].key());
}

// What `cat data/*.txt | sha256sum` says.
std::string DigestOfLists() {
  const std::string command = "LC_ALL=C; export LC_ALL; cat '" QUOTES_DATA "'/*.txt | sha256sum";
  FILE* pipe = popen(command.c_str(), "r");
  std::string digest(64, ' ');
  const size_t read = fread(digest.data(), 1, digest.size(), pipe);
  pclose(pipe);
  digest.resize(read);
  return digest;
}

TEST(Manifest, NamesTheWordListsByTheirDigest) {
  std::ifstream file(QUOTES_SO, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::string digest = DigestOfLists();
  ASSERT_EQ(digest.size(), 64u);
  EXPECT_NE(bytes.find("word lists sha256 " + digest), std::string::npos) << digest;
}

TEST_F(ViewTest, RowsStandInTheOrderOfTheirDays) {
  Change(Said("c", "Ada Lund", "undated", ""));
  Change(Said("b", "Ada Lund", "second", "2031-05-07"));
  Change(Said("a", "Ada Lund", "first", "2031-05-06"));
  auto bound = Said("d", "Ada Lund", "by that day", "");
  bound.mutable_article()->mutable_published()->set_value("2031-05-06T08:00:00Z");
  Change(bound);
  EXPECT_EQ(Shown(), (std::vector<std::string>{
                         "2031-05-06 Ada Lund [ada lund] first",
                         "2031-05-06 Ada Lund [ada lund] by that day",
                         "2031-05-07 Ada Lund [ada lund] second",
                         " Ada Lund [ada lund] undated",
                     }));
}

TEST_F(ViewTest, ACorrectionReplacesItsRow) {
  const AnnotationChanged before = Said("a", "Ada Lund", "words", "2031-05-06");
  Change(before);
  AnnotationChanged after = Said("a", "Jens Berg", "words", "2031-05-02");
  *after.mutable_before() = before.after();
  after.mutable_after()->set_status(verbatim::v1::ANNOTATION_STATUS_CORRECTED);
  Change(after);
  EXPECT_EQ(Shown(), (std::vector<std::string>{"2031-05-02 Jens Berg [jens berg] words"}));
}

TEST_F(ViewTest, ARejectedRowStaysWithItsStatus) {
  AnnotationChanged change = Said("a", "Ada Lund", "words", "2031-05-06");
  Change(change);
  change.mutable_after()->set_status(verbatim::v1::ANNOTATION_STATUS_REJECTED);
  Change(change);
  ASSERT_EQ(Shown().size(), 1u);
  EXPECT_EQ(Parse<verbatim::quotes::v1::Quotation>(rows_.begin()->second).status(),
            verbatim::v1::ANNOTATION_STATUS_REJECTED);
}

TEST_F(ViewTest, AnAnnotationThatIsGoneLeavesNothing) {
  AnnotationChanged change = Said("a", "Ada Lund", "words", "2031-05-06");
  Change(change);
  AnnotationChanged gone;
  *gone.mutable_before() = change.after();
  Change(gone);
  EXPECT_TRUE(rows_.empty());
}

TEST_F(ViewTest, MergeRewritesBothSidesAndSplitTakesItBack) {
  Change(Said("a", "Ada Lund", "one", "2031-05-06"));
  Change(Said("b", "A Lund", "two", "2031-05-07"));
  const std::vector<std::string> apart = Shown();
  verbatim::v1::SpeakersMerged merged;
  merged.set_speaker_key("ada lund");
  merged.add_merged("a lund");
  merged.set_name("Ada Lund");
  Apply("verbatim.v1.SpeakersMerged", merged.SerializeAsString());
  EXPECT_EQ(Shown(), (std::vector<std::string>{"2031-05-06 Ada Lund [ada lund] one",
                                               "2031-05-07 Ada Lund [ada lund] two"}));
  Change(Said("c", "A Lund", "three", "2031-05-08"));
  EXPECT_EQ(Shown().back(), "2031-05-08 Ada Lund [ada lund] three");
  verbatim::v1::SpeakerSplit split;
  split.set_speaker_key("ada lund");
  split.add_separated("a lund");
  Apply("verbatim.v1.SpeakerSplit", split.SerializeAsString());
  EXPECT_EQ(Shown()[1], apart[1]);
  EXPECT_EQ(Shown()[2], "2031-05-08 A Lund [a lund] three");
}

TEST_F(ViewTest, ChainsOfAliasesEndAtOneKeyAndCirclesAreNone) {
  Change(Said("a", "A", "one", "2031-05-06"));
  Change(Said("b", "B", "two", "2031-05-07"));
  Change(Said("c", "C", "three", "2031-05-08"));
  const auto alias = [&](const char* key, const char* name, const char* other) {
    verbatim::v1::SpeakerAliased aliased;
    aliased.set_speaker_key(key);
    aliased.set_name(name);
    aliased.set_alias_key(other);
    Apply("verbatim.v1.SpeakerAliased", aliased.SerializeAsString());
  };
  alias("b", "Bee", "a");
  alias("c", "Cee", "b");
  alias("a", "", "c");
  EXPECT_EQ(Shown(), (std::vector<std::string>{"2031-05-06 Cee [c] one", "2031-05-07 Cee [c] two",
                                               "2031-05-08 Cee [c] three"}));
}

}  // namespace
}  // namespace verbatim::quotes
