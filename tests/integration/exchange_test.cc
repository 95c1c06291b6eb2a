// SPDX-License-Identifier: Apache-2.0
// What an archive holds, given to other programs and taken back.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

using ::testing::HasSubstr;

class Exchange : public ArchiveTest {
 protected:
  void SetUp() override { ASSERT_EQ(IngestSamples().exit, 0); }

  std::string RootOf(const std::string& archive) const {
    return Json::parse(At(archive, {"verify", "--full", "--format", "jsonl"}).out).at("root");
  }
};

TEST_F(Exchange, EventsBecomeAnArchiveWithTheSameRoot) {
  ASSERT_EQ(
      Verbatim({"confirm", Quotation("Our offer"), "--as", "ana", "--reason", "read it"}).exit, 0);
  ASSERT_EQ(Verbatim({"erase", "undated-cod-quota.txt", "--reason-code", "request", "--authority",
                      "the author", "--yes"})
                .exit,
            0);
  ASSERT_EQ(Verbatim({"checkpoint"}).exit, 0);
  ASSERT_EQ(Verbatim({"export", "--as", "jsonl", "--out", Path("events.jsonl")}).exit, 0);

  const Finished imported = At("copy", {"import", Path("events.jsonl")});
  ASSERT_EQ(imported.exit, 0) << imported.err;
  EXPECT_EQ(RootOf("copy"), RootOf("archive"));
  // Not only the events: what a second export says of them is the same, byte by byte.
  const Finished again = At("copy", {"export", "--as", "jsonl"});
  EXPECT_EQ(again.out, ReadAll(Path("events.jsonl")));
  EXPECT_EQ(At("copy", {"view", "quotes", "--format", "jsonl"}).out,
            Verbatim({"view", "quotes", "--format", "jsonl"}).out);
}

TEST_F(Exchange, BytesAloneAreEnough) {
  const Finished bytes = Verbatim({"export", "--as", "jsonl", "--bytes-only"});
  ASSERT_EQ(bytes.exit, 0);
  ASSERT_EQ(At("copy", {"import", "-"}, bytes.out).exit, 0);
  EXPECT_EQ(RootOf("copy"), RootOf("archive"));
}

TEST_F(Exchange, EventsUpToASequence) {
  const Finished early = Verbatim({"export", "--as", "jsonl", "--as-of", "40"});
  ASSERT_EQ(At("copy", {"import", "-"}, early.out).exit, 0);
  EXPECT_THAT(At("copy", {"verify"}).out, HasSubstr("40 events"));
}

TEST_F(Exchange, WhatWasCutOffOrAlteredMakesNoArchive) {
  const std::string events = Verbatim({"export", "--as", "jsonl", "--bytes-only"}).out;
  const Finished cut = At("copy", {"import", "-"}, events.substr(0, events.rfind("{\"sequence\"")));
  EXPECT_EQ(cut.exit, 4);
  EXPECT_THAT(cut.err, HasSubstr("cut off or altered"));

  std::string altered = events;
  char& digit = altered[altered.rfind("\"body_bytes\":\"") + 20];
  digit = digit == '0' ? '1' : '0';
  EXPECT_EQ(At("copy", {"import", "-"}, altered).exit, 4);

  const Finished headless = At("copy", {"import", "-"}, events.substr(events.find('\n') + 1));
  EXPECT_EQ(headless.exit, 2);
  EXPECT_THAT(headless.err, HasSubstr("line 1"));
  EXPECT_FALSE(std::filesystem::exists(Path("copy")));
}

TEST_F(Exchange, AnArchiveThatIsThereIsNotOverwritten) {
  const Finished events = Verbatim({"export", "--as", "jsonl", "--bytes-only"});
  const Finished refused = Verbatim({"import", "-"}, events.out);
  EXPECT_EQ(refused.exit, 2);
  EXPECT_THAT(refused.err, HasSubstr("there already"));
}

TEST_F(Exchange, EventsFromBeforeAnErasureAreGoneForGood) {
  ASSERT_EQ(Verbatim({"erase", "undated-cod-quota.txt", "--reason-code", "request", "--authority",
                      "the author", "--yes"})
                .exit,
            0);
  const Finished refused =
      Verbatim({"export", "--as", "jsonl", "--as-of", std::to_string(Head() - 1)});
  EXPECT_EQ(refused.exit, 2);
  EXPECT_THAT(refused.err, HasSubstr("erased since"));
}

// Every node and reference of PROV against what the log says by itself.
TEST_F(Exchange, ProvenanceHasEveryStepAndLosesNoReference) {
  const std::string offer = Quotation("Our offer");
  ASSERT_EQ(Verbatim({"correct", offer, "speaker=Ida Brandt", "--as", "ana"}).exit, 0);
  const Json graph = Json::parse(Verbatim({"export", "--as", "prov"}).out).at("@graph");
  std::map<std::string, Json> nodes;
  size_t entities = 0;
  for (const Json& node : graph) {
    nodes.emplace(node.at("@id"), node);
    if (node.at("@type") == "prov:Entity") ++entities;
  }
  for (const Json& node : graph) {
    for (const char* reference : {"wasGeneratedBy", "wasAttributedTo", "wasAssociatedWith",
                                  "wasInformedBy", "wasRevisionOf", "wasDerivedFrom"}) {
      if (!node.contains(reference)) continue;
      const Json& to = node.at(reference);
      for (const Json& one : to.is_array() ? to : Json::array({to})) {
        EXPECT_TRUE(nodes.contains(one)) << node << " " << reference << " " << one;
      }
    }
  }
  size_t expected = 0;
  for (const Json& event : Rows({"log"})) {
    const std::string type = event.at("type");
    if (event.at("stream") != "archive" && type != "verbatim.v1.RunCompleted") ++expected;
  }
  EXPECT_EQ(entities, expected);
  const Json& corrected = *std::find_if(graph.begin(), graph.end(), [](const Json& node) {
    return node.value("event", "") == "verbatim.v1.AnnotationRevised";
  });
  EXPECT_EQ(nodes.at(corrected.at("wasAttributedTo")).at("label"), "ana");
  const Json& before = nodes.at(corrected.at("wasRevisionOf"));
  EXPECT_EQ(before.at("event"), "verbatim.v1.AnnotationAdded");
  EXPECT_THAT(nodes.at(before.at("wasAttributedTo")).at("label").get<std::string>(),
              HasSubstr("quotes"));
}

}  // namespace
}  // namespace verbatim::testing
