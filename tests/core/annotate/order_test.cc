// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/annotate/annotator.h"
#include "core/annotate/request.h"

namespace verbatim::annotate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Annotator Make(const std::string& plugin, const std::vector<std::string>& produces,
               const std::vector<std::string>& consumes, const std::string& name = {}) {
  Annotator annotator;
  annotator.plugin = plugin;
  annotator.manifest.set_name(name.empty() ? plugin : name);
  for (const std::string& type : produces) annotator.manifest.add_produces(type);
  for (const std::string& type : consumes) annotator.manifest.add_consumes(type);
  return annotator;
}

std::vector<std::string> Names(const absl::StatusOr<std::vector<const Annotator*>>& order) {
  std::vector<std::string> names;
  if (!order.ok()) return {std::string(order.status().message())};
  for (const Annotator* annotator : *order) names.push_back(annotator->name());
  return names;
}

TEST(Order, ProducersGoFirst) {
  const std::vector<Annotator> annotators = {Make("a_summary", {"S"}, {"Quote", "Date"}),
                                             Make("quotes", {"Quote"}, {"Date"}),
                                             Make("dates", {"Date"}, {})};
  EXPECT_THAT(Names(InOrder(annotators)), ElementsAre("dates", "quotes", "a_summary"));
}

TEST(Order, IsTheSameHoweverTheyAreGiven) {
  std::vector<Annotator> annotators = {Make("b", {"B"}, {}), Make("a", {"A"}, {}),
                                       Make("c", {"C"}, {"B"}), Make("d", {"D"}, {})};
  const auto by_name = [](const Annotator& x, const Annotator& y) { return x.plugin < y.plugin; };
  std::sort(annotators.begin(), annotators.end(), by_name);
  do {
    EXPECT_THAT(Names(InOrder(annotators)), ElementsAre("a", "b", "c", "d"));
  } while (std::next_permutation(annotators.begin(), annotators.end(), by_name));
}

TEST(Order, ACircleIsNamed) {
  const std::vector<Annotator> annotators = {Make("free", {"F"}, {}), Make("x", {"X"}, {"Z"}),
                                             Make("y", {"Y"}, {"X"}), Make("z", {"Z"}, {"Y"})};
  EXPECT_THAT(Names(InOrder(annotators)),
              ElementsAre(HasSubstr("x waits for z waits for y waits for x")));
  EXPECT_THAT(Names(InOrder({Make("narcissus", {"N"}, {"N"})})),
              ElementsAre(HasSubstr("narcissus waits for narcissus")));
}

TEST(Order, OnePluginSaysOneTypeOnce) {
  EXPECT_THAT(Names(InOrder({Make("p", {"T"}, {}, "one"), Make("p", {"T"}, {}, "two")})),
              ElementsAre(HasSubstr("one and two both produce T")));
  EXPECT_THAT(Names(InOrder({Make("p", {"T"}, {}), Make("q", {"T"}, {})})), ElementsAre("p", "q"));
}

TEST(Order, WithProducersLeavesOutTheRest) {
  const std::vector<Annotator> annotators = {
      Make("dates", {"Date"}, {}), Make("mood", {"Mood"}, {}), Make("quotes", {"Quote"}, {"Date"})};
  EXPECT_THAT(Names(WithProducers(annotators, annotators[2])), ElementsAre("dates", "quotes"));
  EXPECT_THAT(Names(WithProducers(annotators, annotators[0])), ElementsAre("dates"));
}

TEST(Language, PrefixesAreOfWholeSubtags) {
  v1::AnnotatorManifest manifest;
  EXPECT_EQ(ReadsLanguage(manifest, "ru"), Language::kRead);
  EXPECT_EQ(ReadsLanguage(manifest, ""), Language::kRead);
  manifest.add_languages("en");
  manifest.add_languages("pt-BR");
  EXPECT_EQ(ReadsLanguage(manifest, "en"), Language::kRead);
  EXPECT_EQ(ReadsLanguage(manifest, "EN-gb"), Language::kRead);
  EXPECT_EQ(ReadsLanguage(manifest, "enm"), Language::kOther);
  EXPECT_EQ(ReadsLanguage(manifest, "pt"), Language::kOther);
  EXPECT_EQ(ReadsLanguage(manifest, "pt-BR"), Language::kRead);
  EXPECT_EQ(ReadsLanguage(manifest, ""), Language::kUnknown);
}

}  // namespace
}  // namespace verbatim::annotate
