// SPDX-License-Identifier: Apache-2.0
// Questions to rows of a type that was never compiled in, as a plugin's are.
#include "core/view/query.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>

#include "core/base/hex.h"
#include "core/schema/fields.h"
#include "tests/core/view/view_fixture.h"

namespace verbatim::view {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kSaying[] = R"(
  file {
    name: "saying.proto" package: "test" syntax: "proto3"
    message_type {
      name: "Saying"
      field { name: "speaker" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
      field { name: "speaker_key" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL }
      field { name: "said_on" number: 3 type: TYPE_STRING label: LABEL_OPTIONAL }
      field { name: "said_on_basis" number: 4 type: TYPE_ENUM type_name: ".test.Saying.SaidOn" label: LABEL_OPTIONAL }
      field { name: "until" number: 5 type: TYPE_STRING label: LABEL_OPTIONAL }
      field { name: "words" number: 6 type: TYPE_INT32 label: LABEL_OPTIONAL }
      field { name: "status" number: 7 type: TYPE_ENUM type_name: ".test.Saying.Status" label: LABEL_OPTIONAL }
      field { name: "labels" number: 8 type: TYPE_STRING label: LABEL_REPEATED }
      enum_type {
        name: "SaidOn"
        value { name: "SAID_ON_UNSPECIFIED" number: 0 }
        value { name: "SAID_ON_STATED" number: 1 }
        value { name: "SAID_ON_ARTICLE_DATE" number: 2 }
      }
      enum_type {
        name: "Status"
        value { name: "STATUS_PROPOSED" number: 0 }
        value { name: "STATUS_REJECTED" number: 1 }
      }
    }
  })";

v1::ViewBuild SayingsBuild() {
  google::protobuf::FileDescriptorSet set;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kSaying, &set));
  v1::ViewBuild build = ScriptBuild();
  build.set_descriptors(schema::Normalise(set.SerializeAsString()).value());
  v1::Table& table = *build.mutable_manifest()->mutable_tables(0);
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(R"(
    name: "main" row_type: "test.Saying"
    columns { field: "said_on" title: "said" role: ROLE_DATE }
    columns { field: "until" role: ROLE_DATE_END hidden: true }
    columns { field: "speaker" role: ROLE_NAME }
    columns { field: "speaker_key" role: ROLE_KEY hidden: true }
    columns { field: "words" }
    columns { field: "status" role: ROLE_STATUS }
  )",
                                                            &table));
  return build;
}

class QueryTest : public ::testing::Test {
 protected:
  QueryTest() {
    view_ = world_.NewGeneration("sayings", SayingsBuild());
    types_ = registry_.Add(view_->build().descriptors()).value();
    Say("a", "speaker=Ana Maar;speaker_key=ana maar;said_on=2021-10-20;words=7");
    Say("b", "speaker=Jörg Ode;speaker_key=jorg ode;said_on=2021-11-02;words=12;labels=x,y");
    Say("c", "speaker=Ana Maar;speaker_key=ana maar;words=100");
    Say("d",
        "speaker=A. Maar;speaker_key=ana maar;said_on=2021-10-20;"
        "said_on_basis=ARTICLE_DATE;words=9");
    Say("e", "speaker=Ida Roe;said_on=2021-10-21;words=1;status=REJECTED");
    Say("f", "speaker=Ida Roe;said_on=2021-10;until=2021-11-01;words=2");
    world_.Fold(*view_);
  }

  void Say(const std::string& key, const std::string& fields) {
    const auto row = types_->New(types_->Find("test.Saying"));
    std::istringstream parts(fields);
    for (std::string part; std::getline(parts, part, ';');) {
      const size_t is = part.find('=');
      EXPECT_TRUE(schema::SetField(row.get(), part.substr(0, is), part.substr(is + 1)).ok());
    }
    world_.Tell(
        fmt::format("put 0 {} {}", base::ToHex(key), base::ToHex(row->SerializeAsString())));
  }

  Answer Answered(const Query& query) {
    auto answer = Ask(*view_, registry_, query);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *std::move(answer) : Answer();
  }
  std::string Keys(const Query& query) {
    std::string keys;
    for (const AnsweredRow& row : Answered(query).rows) keys += row.key;
    return keys;
  }
  static Query Where(const std::vector<std::string>& conditions) {
    Query query;
    query.undated = true;
    for (const std::string& text : conditions) {
      query.where.push_back(ParseCondition(text).value());
    }
    return query;
  }
  std::string Found(const std::string& condition) { return Keys(Where({condition})); }

  World world_;
  schema::Registry registry_;
  std::unique_ptr<Generation> view_;
  const schema::TypeSet* types_ = nullptr;
};

TEST_F(QueryTest, EqualComparesFolded) {
  EXPECT_EQ(Found("speaker=JORG  ode"), "b");
  EXPECT_EQ(Found("words=7"), "a");
  EXPECT_EQ(Found("words=7.0"), "a");
  EXPECT_EQ(Found("labels=y"), "b") << "one of a list";
  EXPECT_EQ(Found("said_on_basis=article_date"), "d");
  EXPECT_EQ(Found("said_on="), "c") << "what is unset is empty";
}

TEST_F(QueryTest, ANameIsAlsoFoundByKeyAndLastName) {
  const Answer answer = Answered(Where({"speaker=Maar"}));
  EXPECT_EQ(answer.rows.size(), 3U);
  EXPECT_THAT(answer.names_taken, ElementsAre("A. Maar", "Ana Maar"));
  EXPECT_EQ(Found("speaker=Ana Maar"), "acd") << "the key of A. Maar is hers";
  EXPECT_EQ(Found("speaker==Ana Maar"), "ac");
  EXPECT_EQ(Found("speaker_key=Maar"), "") << "no name column";
}

TEST_F(QueryTest, ANameMayStandForKeysByAlias) {
  Query query = Where({"speaker=the minister"});
  query.keys_of_name = [](std::string_view name) {
    return name == "the minister" ? std::vector<std::string>{"jorg ode"}
                                  : std::vector<std::string>{};
  };
  EXPECT_EQ(Keys(query), "b");
}

TEST_F(QueryTest, TheOtherComparisons) {
  EXPECT_EQ(Found("speaker~AAR"), "acd");
  EXPECT_EQ(Found("words>9"), "bc");
  EXPECT_EQ(Found("words.ge=9"), "bcd");
  EXPECT_EQ(Found("words<7"), "f");
  EXPECT_EQ(Found("words.le=7"), "af");
  EXPECT_EQ(Found("words!=7"), "bcdf");
  EXPECT_EQ(Found("said_on>=2021-10-21"), "b");
  EXPECT_EQ(Found("speaker.has=roe"), "f");
  EXPECT_EQ(Keys(Where({"speaker=maar", "words>8"})), "cd");
}

TEST_F(QueryTest, ConditionsAreParsed) {
  const auto parsed = [](std::string_view text) {
    const auto condition = ParseCondition(text);
    return condition.ok() ? fmt::format("{}|{}|{}", condition->field,
                                        static_cast<int>(condition->op), condition->value)
                          : std::string(condition.status().message());
  };
  EXPECT_EQ(parsed("a.b=c=d"), "a.b|0|c=d");
  EXPECT_EQ(parsed("a==b"), "a|1|b");
  EXPECT_EQ(parsed("a.ne=b"), "a|3|b");
  EXPECT_EQ(parsed("a<=3"), "a|5|3");
  EXPECT_EQ(parsed("a="), "a|0|");
  EXPECT_THAT(parsed("speaker"), HasSubstr("it is FIELD=VALUE"));
  EXPECT_THAT(parsed("=x"), HasSubstr("it is FIELD=VALUE"));
}

TEST_F(QueryTest, AnUnknownFieldNamesTheNearest) {
  const auto answer = Ask(*view_, registry_, Where({"speeker=Maar"}));
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(answer.status().message(), HasSubstr("did you mean speaker?"));
  Query sorted;
  sorted.sort = "-wrods";
  EXPECT_THAT(Ask(*view_, registry_, sorted).status().message(), HasSubstr("did you mean words?"));
}

TEST_F(QueryTest, NoHitSaysWhatCameNear) {
  EXPECT_THAT(Answered(Where({"speaker=Marr"})).came_near,
              ElementsAre("speaker=Marr: did you mean A. Maar, Ana Maar?"));
  EXPECT_TRUE(Answered(Where({"speaker=Zzyzx"})).came_near.empty());
  EXPECT_TRUE(Answered(Where({"speaker=Maar"})).came_near.empty());
}

TEST_F(QueryTest, DaysAreInclusiveAndUndatedRowsAreCounted) {
  Query query;
  query.from_day = "2021-10-20";
  query.to_day = "2021-10-20";
  EXPECT_EQ(Keys(query), "adf") << "a month overlaps its days";
  EXPECT_EQ(Answered(query).undated, 1U);
  query.undated = true;
  EXPECT_EQ(Keys(query), "acdf");
  query = {};
  query.from_day = "2021-11-01";
  EXPECT_EQ(Keys(query), "b") << "an end is exclusive";
  query = {};
  query.to_day = "2021-10-31";
  EXPECT_EQ(Keys(query), "adf");
}

TEST_F(QueryTest, RejectedRowsAreHiddenUnlessAsked) {
  Query query;
  EXPECT_EQ(Keys(query), "abcdf");
  EXPECT_EQ(Answered(query).hidden, 1U);
  query.all = true;
  EXPECT_EQ(Keys(query), "abcdef");
}

TEST_F(QueryTest, SortsNumbersByValueAndBoundsAfterTheirDay) {
  Query query;
  query.sort = "words";
  EXPECT_EQ(Keys(query), "fadbc");
  query.sort = "-words";
  EXPECT_EQ(Keys(query), "cbdaf");
  query.sort = "said_on";
  EXPECT_EQ(Keys(query), "fadbc") << "what has no date comes last";
  query.sort = "-said_on";
  EXPECT_EQ(Keys(query), "bdafc");
  query.limit = 2;
  EXPECT_EQ(Keys(query), "bd");
  EXPECT_EQ(Answered(query).matched, 5U);
}

TEST_F(QueryTest, SeesRowsAsTheyStoodAndWhatIsNew) {
  Say("a", "speaker=Ana Maar;words=8");
  world_.Fold(*view_);
  Query query;
  query.as_of = 3;
  EXPECT_EQ(Keys(query), "abc");
  query = Where({"words=7"});
  EXPECT_EQ(Keys(query), "");
  query.as_of = 6;
  EXPECT_EQ(Keys(query), "a");
  query = {};
  query.since = 5;
  EXPECT_EQ(Keys(query), "af");
  EXPECT_TRUE(Holds(*view_, 0, *Answered(query).rows[0].message, ParseCondition("words=8").value())
                  .value());
}

TEST_F(QueryTest, RendersByTheManifestsColumns) {
  std::string out;
  schema::RowWriter writer(ColumnsOf(*view_, registry_, 0).value(), {},
                           [&](std::string_view text) { out.append(text); });
  Query query = Where({"speaker=Maar"});
  query.sort = "said_on";
  for (const AnsweredRow& row : Answered(query).rows) writer.Write(*row.message);
  writer.Finish();
  EXPECT_EQ(out,
            "said           speaker   words  status\n"
            "2021-10-20     Ana Maar  7      PROPOSED\n"
            "by 2021-10-20  A. Maar   9      PROPOSED\n"
            "               Ana Maar  100    PROPOSED\n");
}

}  // namespace
}  // namespace verbatim::view
