// SPDX-License-Identifier: Apache-2.0
// What is asked of rows and their versions, against replays: a difference is that of two builds
// from zero, and bisect finds what a search build by build finds.
#include <map>
#include <set>

#include "core/archive/views.h"
#include "core/article/decisions.h"
#include "core/article/load.h"
#include "core/audit/view_rows.h"
#include "core/audit/why.h"
#include "core/base/hex.h"
#include "core/schema/json.h"
#include "core/view/query.h"
#include "tests/core/archive/fixture.h"
#include "verbatim/v1/quote.pb.h"

namespace verbatim::archive {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

constexpr char kSecond[] =
    "Ferry to Selis resumes\n\n\"The ferry sails again on Friday,\" Orla Brandvik said on Tuesday. "
    "\"Nobody has to wait any longer,\" she said.\n";

// Rows of `quotes` that are not hidden, as annotation -> everything they say.
using Picture = std::map<std::string, std::string>;

class RowAudit : public ArchiveFixture {
 protected:
  void SetUp() override {
    options_.in_process = true;  // many builds, and none of them is about workers
    ArchiveFixture::SetUp();
    Ingest({{kQuoted, {}}, {kSecond, {}}});
    points_.push_back(Head());
    const std::vector<article::AnnotationPtr> quotes = Quotes();
    ASSERT_GE(quotes.size(), 3u);
    CorrectSpeaker(quotes[0], "Tove Aldrin");
    points_.push_back(Head());
    Reject(quotes[1]);
    points_.push_back(Head());
    CorrectDay(quotes[2], "2021-03-02");
    points_.push_back(Head());
    Withdraw(quotes[1]);
    points_.push_back(Head());
  }

  std::vector<std::string> ArticleIds() {
    return archive_->log().Read()->FindArticles("", 10).value();
  }
  std::vector<article::AnnotationPtr> Quotes() {
    std::vector<article::AnnotationPtr> all;
    for (const std::string& id : ArticleIds()) {
      const auto state = article::Load(*archive_->log().Read(), id).value();
      for (const auto& quote : state.All("verbatim.v1.Quote")) all.push_back(quote);
    }
    return all;
  }

  // Appends what the person decides of an annotation's article as it stands.
  template <class Decide>
  void Append(const article::AnnotationPtr& quote, const Decide& decide) {
    const article::EventMaker person(*options_.clock, *options_.random, article::PersonActor("ana"),
                                     "");
    const auto state =
        article::Load(*archive_->log().Read(), quote->value->anchor.article()).value();
    const auto event = decide(state, person);
    ASSERT_TRUE(event.ok()) << event.status();
    log::Unit unit;
    unit.events.push_back(*event);
    last_event_ = event->id;
    ASSERT_TRUE(archive_->log().Append(std::move(unit)).ok());
  }
  void CorrectBody(const article::AnnotationPtr& quote, const v1::Quote& body) {
    v1::TypedBody typed;
    typed.set_type("verbatim.v1.Quote");
    typed.set_value(body.SerializeAsString());
    Append(quote, [&](const auto& state, const auto& person) {
      return article::Correct(state, quote->id, typed, std::nullopt, "heard it", person);
    });
  }
  static v1::Quote BodyOf(const article::AnnotationPtr& quote) {
    v1::Quote body;
    body.ParseFromString(quote->value->body.value());
    return body;
  }
  void CorrectSpeaker(const article::AnnotationPtr& quote, const std::string& name) {
    v1::Quote body = BodyOf(quote);
    body.set_speaker(name);
    body.set_speaker_key("aldrin tove");
    CorrectBody(quote, body);
  }
  void CorrectDay(const article::AnnotationPtr& quote, const std::string& day) {
    v1::Quote body = BodyOf(quote);
    body.set_said_on(day);
    body.set_said_on_basis(v1::Quote::SAID_ON_STATED);
    CorrectBody(quote, body);
  }
  void Reject(const article::AnnotationPtr& quote) {
    Append(quote, [&](const auto& state, const auto& person) {
      return article::Reject(state, quote->id, "not a quotation", person);
    });
    rejection_ = last_event_;
  }
  void Withdraw(const article::AnnotationPtr& quote) {
    Append(quote, [&](const auto& state, const auto& person) {
      return article::Withdraw(state, rejection_, "it is one", person);
    });
  }

  // The view built from zero up to a sequence, read as it stands.
  Picture Replayed(uint64_t to) {
    Views views(*archive_);
    EXPECT_TRUE(views.Rebuild("quotes", to).ok());
    return PictureOf(**views.Peek("quotes"), view::kNow);
  }
  static Picture PictureOf(const view::Generation& generation, uint64_t as_of) {
    schema::Registry registry;
    view::Query query;
    query.as_of = as_of;
    Picture picture;
    const auto answer = view::Ask(generation, registry, query).value();
    for (const view::AnsweredRow& row : answer.rows) {
      const schema::Record record = schema::ToRecord(*row.message);
      picture[schema::TextOf(*record.Find("annotation"))] = schema::ToJson(record);
    }
    return picture;
  }

  std::vector<uint64_t> points_;  // after each decision
  std::string last_event_;
  std::string rejection_;
};

std::string Of(const schema::Record& row, const std::string& field) {
  const schema::Value* value = row.FindPath(field);
  return value == nullptr ? std::string() : schema::TextOf(*value);
}

TEST_F(RowAudit, TheDifferenceOfAViewIsThatOfTwoBuildsFromZero) {
  std::map<uint64_t, Picture> pictures;
  for (const uint64_t point : points_) pictures[point] = Replayed(point);
  Views views(*archive_);
  const auto opened = views.Open("quotes").value();
  schema::Registry registry;
  const auto rows = audit::ViewRows::Bind(*opened.generation, registry).value();
  const auto snapshot = archive_->log().Read().value();
  for (size_t i = 0; i < points_.size(); ++i) {
    EXPECT_EQ(PictureOf(*opened.generation, points_[i]), pictures[points_[i]]) << "as of " << i;
    for (size_t j = i; j < points_.size(); ++j) {
      std::set<std::string> wanted;
      const Picture& before = pictures[points_[i]];
      const Picture& after = pictures[points_[j]];
      for (const auto& [id, row] : after) {
        if (!before.contains(id)) wanted.insert(id + " added");
        if (before.contains(id) && before.at(id) != row) wanted.insert(id + " changed");
      }
      for (const auto& [id, row] : before) {
        if (!after.contains(id)) wanted.insert(id + " removed");
      }
      const auto differences = audit::DiffRows(snapshot, archive_->registry(), rows,
                                               {points_[i], points_[j]}, /*all=*/false);
      ASSERT_TRUE(differences.ok()) << differences.status();
      std::set<std::string> found;
      for (const schema::Record& row : *differences) {
        found.insert(Of(row, "annotation") + " " + Of(row, "what"));
      }
      EXPECT_EQ(found, wanted) << points_[i] << ".." << points_[j];
    }
  }
}

TEST_F(RowAudit, AChangeNamesItsEventItsPersonAndItsReason) {
  Views views(*archive_);
  const auto opened = views.Open("quotes").value();
  schema::Registry registry;
  const auto rows = audit::ViewRows::Bind(*opened.generation, registry).value();
  const auto snapshot = archive_->log().Read().value();
  const auto differences =
      audit::DiffRows(snapshot, archive_->registry(), rows, {points_[0], points_[3]}, false)
          .value();
  std::vector<std::string> told;
  for (const schema::Record& row : differences) {
    told.push_back(Of(row, "sequence") + " " + Of(row, "actor.name") + " " + Of(row, "what") + " " +
                   Of(row, "field") + " " + Of(row, "reason"));
  }
  EXPECT_THAT(told, IsSupersetOf({
                        std::to_string(points_[1]) + " ana changed speaker heard it",
                        std::to_string(points_[2]) + " ana removed  not a quotation",
                        // Its key begins with the day: the same row all the same.
                        std::to_string(points_[3]) + " ana changed said_on heard it",
                    }));
}

TEST_F(RowAudit, BisectFindsWhatASearchBuildByBuildFinds) {
  struct Case {
    const char* where;
    bool ever;
  };
  for (const Case& c : {Case{"speaker=Tove Aldrin", true}, Case{"said_on=2021-03-02", true},
                        Case{"status=CORRECTED", true}, Case{"speaker.has=Brandvik", true},
                        Case{"speaker=Nobody Atall", false}}) {
    view::Query query;
    query.where.push_back(view::ParseCondition(c.where).value());
    uint64_t slow = 0;
    for (uint64_t to = 1; to <= Head() && slow == 0; ++to) {
      Views views(*archive_);
      ASSERT_TRUE(views.Rebuild("quotes", to).ok());
      schema::Registry registry;
      if (!view::Ask(**views.Peek("quotes"), registry, query)->rows.empty()) slow = to;
    }
    Views views(*archive_);
    const auto opened = views.Open("quotes").value();
    schema::Registry registry;
    const auto first = view::FirstToHold(*opened.generation, registry, query);
    ASSERT_TRUE(first.ok()) << first.status();
    EXPECT_EQ(first->has_value(), c.ever) << c.where;
    EXPECT_EQ(*first ? (*first)->since : 0, slow) << c.where;
  }
}

TEST_F(RowAudit, ARowIsFoundByItsKeyAndByItsAnnotation) {
  Views views(*archive_);
  const auto opened = views.Open("quotes").value();
  schema::Registry registry;
  const auto rows = audit::ViewRows::Bind(*opened.generation, registry).value();
  const auto snapshot = archive_->log().Read().value();
  const std::string annotation = base::ToHex(Quotes()[0]->id);
  const auto by_annotation = rows.Find(snapshot, annotation, view::kNow);
  ASSERT_TRUE(by_annotation.ok()) << by_annotation.status();
  const auto by_key = rows.Find(snapshot, base::ToHex(by_annotation->key), view::kNow);
  ASSERT_TRUE(by_key.ok()) << by_key.status();
  EXPECT_EQ(by_key->key, by_annotation->key);
  EXPECT_EQ(rows.FieldOf(*by_key->message, "speaker"), "Tove Aldrin");
  EXPECT_NE(rows.FieldOf(*rows.Find(snapshot, annotation, points_[0])->message, "speaker"),
            "Tove Aldrin");
  EXPECT_TRUE(absl::IsNotFound(rows.Find(snapshot, annotation, 1).status()));
  EXPECT_TRUE(absl::IsNotFound(rows.Find(snapshot, "no hex", view::kNow).status()));
  // Every key begins alike, so one character names them all.
  const auto many = rows.Find(snapshot, base::ToHex(by_key->key).substr(0, 1), view::kNow);
  EXPECT_TRUE(absl::IsInvalidArgument(many.status()));
  EXPECT_THAT(std::string(many.status().message()), HasSubstr("names several rows of quotes"));
}

TEST_F(RowAudit, ARowHasAHistory) {
  Views views(*archive_);
  const auto opened = views.Open("quotes").value();
  schema::Registry registry;
  const auto rows = audit::ViewRows::Bind(*opened.generation, registry).value();
  const auto snapshot = archive_->log().Read().value();
  const auto row = rows.Find(snapshot, base::ToHex(Quotes()[0]->id), view::kNow).value();
  const auto steps = audit::RowHistory(snapshot, archive_->registry(), rows, row.key, view::kNow);
  ASSERT_TRUE(steps.ok()) << steps.status();
  EXPECT_EQ(Of(steps->front(), "what"), "added");
  std::vector<std::string> told;
  for (const schema::Record& step : *steps) {
    told.push_back(Of(step, "what") + " " + Of(step, "field") + " " + Of(step, "after"));
  }
  EXPECT_THAT(told, Contains("changed speaker Tove Aldrin"));
}

TEST_F(RowAudit, ARowGoesBackToWhatItRestsOn) {
  Views views(*archive_);
  const auto opened = views.Open("quotes").value();
  schema::Registry registry;
  const auto rows = audit::ViewRows::Bind(*opened.generation, registry).value();
  const auto snapshot = archive_->log().Read().value();
  const auto quote = Quotes()[0];
  const auto row = rows.Find(snapshot, base::ToHex(quote->id), view::kNow).value();
  const auto why = audit::WhyRow(snapshot, archive_->registry(), rows, row, view::kNow);
  ASSERT_TRUE(why.ok()) << why.status();
  std::vector<std::string> told;
  std::string code;
  for (const schema::Record& reason : *why) {
    told.push_back(Of(reason, "part") + " " + Of(reason, "actor.name") + " " + Of(reason, "what") +
                   " " + Of(reason, "field"));
    if (Of(reason, "part") == "plugin") code = Of(reason, "digest");
  }
  EXPECT_THAT(told, IsSupersetOf({"annotation quotes added text", "annotation ana revised speaker",
                                  "annotation ana revised status", "article verbatim ingested text",
                                  "article verbatim captured ", "plugin verbatim pinned "}));
  EXPECT_EQ(Of(why->front(), "part"), "row");
  EXPECT_EQ(Of(why->front(), "sequence"), std::to_string(points_[1]));
  EXPECT_EQ(code, base::ToHex(archive_->catalog().Plugin("quotes")->pin.code_sha256()));
  const auto text = article::Load(snapshot, quote->value->anchor.article())->latest();
  const auto ingested = std::find_if(why->begin(), why->end(), [](const schema::Record& reason) {
    return Of(reason, "what") == "ingested" && Of(reason, "field") == "text";
  });
  EXPECT_EQ(Of(*ingested, "digest"), base::ToHex(text->content().text_sha256()));
}

}  // namespace
}  // namespace verbatim::archive
