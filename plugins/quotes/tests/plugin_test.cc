// SPDX-License-Identifier: Apache-2.0
// quotes.so as a host has it: loaded, called through the C boundary, its rows kept in a plain map.
#include "verbatim/plugin.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "verbatim/quotes/v1/quotes.pb.h"
#include "verbatim/v1/date.pb.h"
#include "verbatim/v1/plugin.pb.h"
#include "verbatim/v1/quote.pb.h"
#include "verbatim/v1/speaker.pb.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::quotes {
namespace {

using verbatim::v1::AnnotationChanged;
using verbatim::v1::Quote;

const vb_plugin& Plugin() {
  static const vb_plugin* const plugin = [] {
    void* library = dlopen(QUOTES_SO, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::runtime_error(dlerror());
    return static_cast<const vb_plugin*>(dlsym(library, VERBATIM_ENTRY_SYMBOL));
  }();
  return *plugin;
}

vb_host QuietHost() {
  vb_host host{};
  host.struct_size = sizeof(host);
  host.log = [](void*, vb_severity, vb_bytes) {};
  host.progress = [](void*, uint64_t, uint64_t) {};
  host.cancelled = [](void*) -> int32_t { return 0; };
  return host;
}

vb_sink Into(std::string& text) {
  return {&text, [](void* ctx, vb_bytes bytes) -> int32_t {
            static_cast<std::string*>(ctx)->append(FromAbi(bytes));
            return 0;
          }};
}

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

// The view over an ordered map, as plain as a store can be.
class ViewTest : public ::testing::Test {
 protected:
  using Rows = std::map<std::pair<uint32_t, std::string>, std::string>;

  void Apply(const std::string& type, const std::string& body) {
    verbatim::v1::ViewEvent event;
    event.set_sequence(++sequence_);
    event.set_type(type);
    event.set_body(body);
    const vb_host host = QuietHost();
    std::string text;
    vb_sink error = Into(text);
    const vb_view* view = Plugin().view(ToAbi("quotes"));
    void* self = view->create(&host, {}, &error);
    vb_store store = Store();
    const std::string bytes = event.SerializeAsString();
    EXPECT_EQ(view->apply(self, ToAbi(bytes), &store, &error), VB_OK) << text;
    view->destroy(self);
  }

  void Change(const AnnotationChanged& change) {
    Apply("verbatim.v1.AnnotationChanged", change.SerializeAsString());
  }

  // "said_on speaker key text", in the order of the rows.
  std::vector<std::string> Shown() const {
    std::vector<std::string> lines;
    for (const auto& [key, bytes] : rows_) {
      if (key.first != 0) continue;
      const auto row = Parse<verbatim::quotes::v1::Quotation>(bytes);
      lines.push_back(row.said_on() + " " + row.speaker() + " [" + row.speaker_key() + "] " +
                      row.text());
    }
    return lines;
  }

  static AnnotationChanged Said(const std::string& id, const std::string& speaker,
                                const std::string& text, const std::string& day) {
    AnnotationChanged change;
    Quote quote;
    quote.set_kind(Quote::KIND_DIRECT);
    quote.set_speaker(speaker);
    std::string key = speaker;
    for (char& c : key) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    quote.set_speaker_key(key);
    if (!day.empty()) quote.set_said_on(day);
    quote.set_said_on_basis(day.empty() ? Quote::SAID_ON_UNKNOWN : Quote::SAID_ON_STATED);
    auto* after = change.mutable_after();
    after->set_annotation(id + std::string(16 - id.size(), '\0'));
    after->set_status(verbatim::v1::ANNOTATION_STATUS_PROPOSED);
    after->mutable_anchor()->set_article(std::string(16, 'a'));
    after->mutable_anchor()->add_spans()->set_exact(text);
    after->mutable_body()->set_type("verbatim.v1.Quote");
    after->mutable_body()->set_value(quote.SerializeAsString());
    return change;
  }

  Rows rows_;

 private:
  vb_store Store() {
    vb_store store{};
    store.struct_size = sizeof(store);
    store.ctx = &rows_;
    store.get = [](void* ctx, uint32_t table, vb_bytes key, vb_sink* row) -> vb_status {
      auto& rows = *static_cast<Rows*>(ctx);
      const auto found = rows.find({table, std::string(FromAbi(key))});
      if (found == rows.end()) return VB_NOT_FOUND;
      row->put(row->ctx, ToAbi(found->second));
      return VB_OK;
    };
    store.put = [](void* ctx, uint32_t table, vb_bytes key, vb_bytes row) -> vb_status {
      if (table > 3 || key.size == 0 || key.size > VB_KEY_BYTES_MAX) return VB_INVALID_ARGUMENT;
      (*static_cast<Rows*>(ctx))[{table, std::string(FromAbi(key))}] = std::string(FromAbi(row));
      return VB_OK;
    };
    store.erase = [](void* ctx, uint32_t table, vb_bytes key) -> vb_status {
      auto& rows = *static_cast<Rows*>(ctx);
      return rows.erase({table, std::string(FromAbi(key))}) != 0 ? VB_OK : VB_NOT_FOUND;
    };
    store.scan = [](void* ctx, uint32_t table, vb_bytes prefix, vb_bytes, vb_direction,
                    void* visitor, int32_t (*visit)(void*, vb_bytes, vb_bytes)) -> vb_status {
      const std::string start(FromAbi(prefix));
      for (const auto& [key, row] : *static_cast<Rows*>(ctx)) {
        if (key.first != table || key.second.compare(0, start.size(), start) != 0) continue;
        if (visit(visitor, ToAbi(key.second), ToAbi(row)) != 0) break;
      }
      return VB_OK;
    };
    return store;
  }

  uint64_t sequence_ = 0;
};

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
