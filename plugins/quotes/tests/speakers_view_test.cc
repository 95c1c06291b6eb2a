// SPDX-License-Identifier: Apache-2.0
// The view `speakers` of quotes.so: who, how often, from when to when, under which names.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "loaded_plugin.h"

namespace verbatim::quotes {
namespace {

class SpeakersViewTest : public ViewTest {
 protected:
  SpeakersViewTest() : ViewTest("speakers") {}

  // "name [key] count first..last aliases", in the order of the keys.
  std::vector<std::string> Speakers() const {
    std::vector<std::string> lines;
    for (const auto& [key, bytes] : rows_) {
      if (key.first != 0) continue;
      const auto row = Parse<verbatim::quotes::v1::Speaker>(bytes);
      std::string line = row.speaker() + " [" + row.speaker_key() + "] " +
                         std::to_string(row.quotations()) + " " + row.first() + ".." + row.last();
      for (const std::string& alias : row.aliases()) line += " " + alias;
      lines.push_back(line);
    }
    return lines;
  }

  void Merge(const std::string& key, const std::string& other, const std::string& name) {
    verbatim::v1::SpeakersMerged merged;
    merged.set_speaker_key(key);
    merged.add_merged(other);
    merged.set_name(name);
    Apply("verbatim.v1.SpeakersMerged", merged.SerializeAsString());
  }
};

using Lines = std::vector<std::string>;

TEST_F(SpeakersViewTest, CountsAndDays) {
  Change(Said("a", "Ada Lund", "one", "2031-05-06"));
  Change(Said("b", "Ada Lund", "two", "2031-04-01"));
  Change(Said("c", "Jens Berg", "three", ""));
  EXPECT_EQ(Speakers(),
            (Lines{"Ada Lund [ada lund] 2 2031-04-01..2031-05-06", "Jens Berg [jens berg] 1 .."}));
}

TEST_F(SpeakersViewTest, WhatIsRejectedOrGoneCountsNoLonger) {
  AnnotationChanged one = Said("a", "Ada Lund", "one", "2031-05-06");
  const AnnotationChanged two = Said("b", "Ada Lund", "two", "2031-04-01");
  Change(one);
  Change(two);
  one.mutable_after()->set_status(verbatim::v1::ANNOTATION_STATUS_REJECTED);
  Change(one);
  EXPECT_EQ(Speakers(), (Lines{"Ada Lund [ada lund] 1 2031-04-01..2031-04-01"}));
  AnnotationChanged gone;
  *gone.mutable_before() = two.after();
  Change(gone);
  EXPECT_TRUE(rows_.empty());
}

TEST_F(SpeakersViewTest, MergedSpeakersAreOneAndSplitAgain) {
  Change(Said("a", "Ada Lund", "one", "2031-05-06"));
  Change(Said("b", "A Lund", "two", "2031-05-09"));
  const Lines apart = Speakers();
  Merge("ada lund", "a lund", "Ada Lund");
  EXPECT_EQ(Speakers(), (Lines{"Ada Lund [ada lund] 2 2031-05-06..2031-05-09 A Lund"}));
  Change(Said("c", "A Lund", "three", "2031-06-01"));
  EXPECT_EQ(Speakers().front(), "Ada Lund [ada lund] 3 2031-05-06..2031-06-01 A Lund");
  AnnotationChanged gone;
  *gone.mutable_before() = Said("c", "A Lund", "three", "2031-06-01").after();
  Change(gone);
  verbatim::v1::SpeakerSplit split;
  split.set_speaker_key("ada lund");
  split.add_separated("a lund");
  Apply("verbatim.v1.SpeakerSplit", split.SerializeAsString());
  EXPECT_EQ(Speakers(), apart);
}

// Whatever the order of changes and decisions, the rows are those of a fold that counts anew.
TEST_F(SpeakersViewTest, TheSameAsCountingAnew) {
  const bool held = rc::check("rows follow from what stands", [this] {
    rows_.clear();
    const std::vector<std::string> names = {"Ada Lund", "A Lund", "Jens Berg"};
    std::map<std::string, std::pair<std::string, std::string>> standing;  // id -> key, day
    bool merged = false;
    const int steps = *rc::gen::inRange(1, 20);
    for (int n = 0; n < steps; ++n) {
      const int what = *rc::gen::inRange(0, 8);
      if (what == 7 && !merged) {
        Merge("ada lund", "a lund", "");
        merged = true;
        continue;
      }
      const std::string id(1, static_cast<char>('a' + *rc::gen::inRange(0, 4)));
      const std::string name = *rc::gen::elementOf(names);
      const std::string day = "2031-05-0" + std::to_string(*rc::gen::inRange(1, 9));
      AnnotationChanged change = Said(id, name, "words", day);
      if (what == 6) change.mutable_after()->set_status(verbatim::v1::ANNOTATION_STATUS_REJECTED);
      Change(change);
      const Quote quote = Parse<Quote>(change.after().body().value());
      if (what == 6)
        standing.erase(id);
      else
        standing[id] = {quote.speaker_key(), day};
    }
    std::map<std::string, std::multiset<std::string>> days;
    for (const auto& [id, said] : standing) {
      days[merged && said.first == "a lund" ? "ada lund" : said.first].insert(said.second);
    }
    size_t found = 0;
    for (const auto& [key, bytes] : rows_) {
      if (key.first != 0) continue;
      ++found;
      const auto row = Parse<verbatim::quotes::v1::Speaker>(bytes);
      const auto& of = days[row.speaker_key()];
      RC_ASSERT(row.quotations() == of.size());
      RC_ASSERT(row.first() == *of.begin());
      RC_ASSERT(row.last() == *of.rbegin());
    }
    RC_ASSERT(found == days.size());
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace verbatim::quotes
