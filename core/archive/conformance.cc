// SPDX-License-Identifier: Apache-2.0
#include "core/archive/conformance.h"

#include <google/protobuf/stubs/logging.h>

#include <map>
#include <memory>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/deciding.h"
#include "core/archive/trying.h"
#include "core/base/hex.h"
#include "core/base/sha256.h"
#include "core/plugin/annotator_runner.h"
#include "core/schema/fields.h"

namespace verbatim::archive {
namespace {

using Run = v1::RunCompleted;

constexpr char kHuge[] = "huge.txt";

// Texts that plugins trip over, besides some that read like news.
std::vector<ScratchText> Samples() {
  // Long, and no denser than long texts are.
  std::string huge;
  while (huge.size() < size_t{1} << 20U) {
    huge += "On 3 May 2019, \"the ferry WILL sail again,\" Ana Maar said; perhaps tomorrow.\n\n";
    for (int i = 0; i < 800; ++i)
      huge += "the tide came in over the grey stones and went out, and nobody wrote it down. ";
  }
  return {
      {"ferry.txt",
       "The ferry sails again\n\nPORT ALDEN, 3 May 2019 - \"The ferry will sail on Monday,\" Ana "
       "Maar, the harbour master, said. \"It is safe,\" she added. Perhaps it was never unsafe. "
       "The HARBOUR reopened two days later, and Jon Vale denied that it had been closed.\n",
       "2019-05-03"},
      {"numbers.txt",
       "What the ferry costs\n\nA ticket is \xE2\x82\xAC"
       "3.50, $1,250 a year; the quay cost "
       "EUR 12.5 million, 1.2bn in all, and fell 3-4% (from 7\xC2\xBD) on 04/05/2019 at 10:30. "
       "No. 7, the U.S.-built one, is 1/3 full; 99999999999999999999 were told so.\n",
       "2019-05-04"},
      {"accents.txt",
       "\xC3\x89lan vital\r\n\r\n\xE2\x80\x9CNous \xC3\xA9tions l\xC3\xA0,\xE2\x80\x9D said "
       "Ren\xC3\xA9 \xC5\xA0im\xC3\xA1k \xF0\x9F\x9B\xB3 on 4 May 2019. MAYBE.\r\n",
       "2019-05-04"},
      {"no-end.txt", "no line end", ""},
      {"marks.txt", "\"\" '' \xE2\x80\x9C\xE2\x80\x9D 31 February 2019 \"unclosed, he said", ""},
      {kHuge, huge, ""},
  };
}

plugin::Check Passed(std::string name, std::string what) {
  return {std::move(name), plugin::Check::Outcome::kPassed, std::move(what)};
}
plugin::Check Failed(std::string name, std::string what) {
  return {std::move(name), plugin::Check::Outcome::kFailed, std::move(what)};
}
plugin::Check CheckOf(std::string name, std::string passed, const std::string& failed) {
  return failed.empty() ? Passed(std::move(name), std::move(passed))
                        : Failed(std::move(name), failed);
}

// Empty, or what a user would miss.
std::string WrongInManifest(const plugin::PluginFile& file, const schema::TypeSet& types) {
  const v1::PluginManifest& manifest = file.manifest;
  if (manifest.summary().empty()) return "summary is empty: say in a line what the plugin does";
  if (manifest.license().empty()) return "license is empty: name one, such as Apache-2.0";
  for (const v1::AnnotatorManifest& annotator : manifest.annotators()) {
    for (const std::string& path : annotator.provenance_fields()) {
      for (const std::string& type : annotator.produces()) {
        if (path.rfind(type + ".", 0) != 0) continue;
        const auto field = schema::FindField(*types.Find(type), path.substr(type.size() + 1));
        if (!field.ok())
          return absl::StrCat("provenance_fields: ", std::string(field.status().message()));
      }
    }
  }
  for (const v1::ViewManifest& view : manifest.views()) {
    for (const v1::Table& table : view.tables()) {
      std::vector<std::string> fields(table.key_fields().begin(), table.key_fields().end());
      // A private table is never printed, and its key fields are a remark.
      if (table.private_()) fields.clear();
      for (const v1::Column& column : table.columns()) fields.push_back(column.field());
      for (const std::string& name : fields) {
        const auto field = schema::FindField(*types.Find(table.row_type()), name);
        if (field.ok()) continue;
        return absl::StrCat("view ", view.name(), ", table ", table.name(), ": ",
                            std::string(field.status().message()));
      }
    }
  }
  return "";
}

// A sanitizer's runtime wants to be loaded first itself.
#if defined(VERBATIM_SANITIZED)
constexpr bool kCanWatch = false;
#else
constexpr bool kCanWatch = true;
#endif

plugin::Check NotWatched(std::string name) {
  return {std::move(name), plugin::Check::Outcome::kSkipped, "not in a build with sanitizers"};
}

// One annotator over the samples.
class AnnotatorSuite {
 public:
  AnnotatorSuite(const plugin::PluginFile& file, const v1::AnnotatorManifest& manifest,
                 const ConformanceOptions& conformance, const schema::TypeSet& types,
                 const std::vector<ScratchText>& texts, const Options& options)
      : file_(file),
        manifest_(manifest),
        conformance_(conformance),
        types_(types),
        texts_(texts),
        options_(options) {}

  absl::Status AddTo(std::vector<plugin::Check>& checks) {
    const std::string name = manifest_.name() + ".";
    if (!manifest_.consumes().empty()) VB_RETURN_IF_ERROR(AskTheOthers());
    VB_ASSIGN_OR_RETURN(const auto runner, Start(/*watched=*/false));
    std::string lies;
    std::string twice;
    std::vector<std::string> first;
    size_t proposals = 0;
    first.push_back(Answer(*runner, RequestOf({"empty.txt", "", ""}), &lies, &twice, &proposals));
    for (const ScratchText& text : texts_)
      first.push_back(Answer(*runner, RequestOf(text), &lies, &twice, &proposals));
    std::string found = absl::StrCat(proposals, " proposals on ", texts_.size() + 1, " texts");
    if (proposals == 0)
      absl::StrAppend(&found,
                      ": nothing here to hold it against; --text FILE, or TEXTS of "
                      "verbatim_add_plugin_test(), gives it a text of yours");
    checks.push_back(CheckOf(name + "proposals", std::move(found), lies));
    checks.push_back(CheckOf(name + "keys", "every claim is made once", twice));
    if (!lies.empty()) return absl::OkStatus();
    VB_ASSIGN_OR_RETURN(const std::string differs, Repeated(*runner, first));
    checks.push_back(CheckOf(name + "repeatable", "the same bytes every time", differs));
    if (differs.empty()) {
      checks.push_back(CheckOf(name + "bad_input", "a request that is none does no harm",
                               AfterBadInput(*runner, first)));
    } else {
      checks.push_back(
          {name + "bad_input", plugin::Check::Outcome::kSkipped, "its answers differ anyhow"});
    }
    if (!kCanWatch) {
      checks.push_back(NotWatched(name + "surroundings"));
      return absl::OkStatus();
    }
    VB_ASSIGN_OR_RETURN(const auto watched, Start(/*watched=*/true));
    std::string asks;
    for (const ScratchText& text : texts_)
      Answer(*watched, RequestOf(text), &asks, &twice, &proposals);
    checks.push_back(CheckOf(name + "surroundings", "no clock, chance or environment", asks));
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<std::unique_ptr<plugin::AnnotatorRunner>> Start(bool watched) const {
    return plugin::StartAnnotator(
        file_, manifest_.name(),
        {.config = conformance_.config, .types = &types_, .watched = watched});
  }

  // What it consumes, as far as the plugins that come with verbatim find it. The largest text is
  // one to try this annotator on, not them.
  absl::Status AskTheOthers() {
    VB_ASSIGN_OR_RETURN(const auto tryout, Tryout::Make(file_.path.string(), options_,
                                                        conformance_.config, manifest_.name()));
    for (const ScratchText& text : texts_) {
      if (text.name == kHuge) continue;
      VB_ASSIGN_OR_RETURN(asked_[text.name], tryout->RequestOf(text.text, text.published));
      asked_[text.name].mutable_metadata()->set_title(text.name);
    }
    return absl::OkStatus();
  }

  v1::AnnotateRequest RequestOf(const ScratchText& text) const {
    if (const auto asked = asked_.find(text.name); asked != asked_.end()) return asked->second;
    v1::AnnotateRequest request;
    request.set_article(std::string(base::kIdBytes, 'a'));
    request.set_text(text.text);
    request.set_text_sha256(base::ToString(base::Sha256(text.text)));
    request.mutable_metadata()->set_title(text.name);
    if (!text.published.empty())
      request.mutable_metadata()->mutable_published()->set_value(text.published);
    return request;
  }

  // The bytes of all proposals; the first trouble goes to `wrong` and `twice`.
  static std::string Answer(plugin::AnnotatorRunner& runner, const v1::AnnotateRequest& request,
                            std::string* wrong, std::string* twice, size_t* proposals) {
    const plugin::AnnotateOutcome said = runner.Annotate(request);
    const std::string on =
        absl::StrCat(" (on ", request.metadata().title(), ", ", request.text().size(), " bytes)");
    if (said.outcome != Run::OUTCOME_COMPLETED && said.outcome != Run::OUTCOME_BAD_INPUT &&
        wrong->empty()) {
      *wrong = said.message + on;
    }
    std::string bytes = absl::StrCat(static_cast<int>(said.outcome), " ");
    std::set<std::string> claims;
    for (const v1::Proposal& proposal : said.proposals) {
      v1::Proposal claim;
      *claim.mutable_spans() = proposal.spans();
      claim.set_key(proposal.key());
      claim.mutable_body()->set_type(proposal.body().type());
      if (!claims.insert(claim.SerializeAsString()).second && twice->empty()) {
        *twice = absl::StrCat("two proposals of ", proposal.body().type(), " at byte ",
                              proposal.spans(0).begin_byte(), " with the same key \"",
                              proposal.key(), "\": give each its own", on);
      }
      absl::StrAppend(&bytes, proposal.SerializeAsString(), "|");
    }
    *proposals += said.proposals.size();
    return bytes;
  }

  // Again in this instance, last text first, and in a process of its own.
  absl::StatusOr<std::string> Repeated(plugin::AnnotatorRunner& runner,
                                       const std::vector<std::string>& first) const {
    VB_ASSIGN_OR_RETURN(const auto another, Start(/*watched=*/false));
    std::string wrong;
    std::string twice;
    size_t proposals = 0;
    for (size_t i = texts_.size(); i > 0; --i) {
      const v1::AnnotateRequest request = RequestOf(texts_[i - 1]);
      if (Answer(runner, request, &wrong, &twice, &proposals) != first[i])
        return texts_[i - 1].name + ": other proposals when it is asked again";
      if (Answer(*another, request, &wrong, &twice, &proposals) != first[i])
        return texts_[i - 1].name + ": other proposals in another process";
    }
    return wrong;
  }

  std::string AfterBadInput(plugin::AnnotatorRunner& runner,
                            const std::vector<std::string>& first) const {
    {
      // protobuf would say on stderr what is done here on purpose.
      const google::protobuf::LogSilencer silence;
      const plugin::AnnotateOutcome said = runner.Annotate(RequestOf({"", "\xFF\xFE", ""}));
      if (said.outcome != Run::OUTCOME_BAD_INPUT && said.outcome != Run::OUTCOME_COMPLETED)
        return absl::StrCat("bytes that are no AnnotateRequest: ", said.message,
                            "; VB_BAD_INPUT is the answer, as verbatim::Parse gives it");
    }
    std::string wrong;
    std::string twice;
    size_t proposals = 0;
    if (Answer(runner, RequestOf(texts_[0]), &wrong, &twice, &proposals) == first[1]) return "";
    return "after bytes that are no AnnotateRequest it answers otherwise than before";
  }

  const plugin::PluginFile& file_;
  const v1::AnnotatorManifest& manifest_;
  const ConformanceOptions& conformance_;
  const schema::TypeSet& types_;
  const std::vector<ScratchText>& texts_;
  const Options& options_;
  std::map<std::string, v1::AnnotateRequest> asked_;  // by the text's name
};

// People decide on some of what was found, so that views see every kind of change.
absl::Status Decide(Archive& archive) {
  std::vector<std::string> annotations;
  {
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
    VB_ASSIGN_OR_RETURN(const auto hits, snapshot.FindAnnotations("", 6));
    for (const log::AnnotationHit& hit : hits) annotations.push_back(base::ToHex(hit.annotation));
  }
  static constexpr Decision::Kind kKinds[] = {Decision::Kind::kConfirm, Decision::Kind::kReject};
  for (size_t i = 0; i < annotations.size(); ++i) {
    const Decision decision{.kind = kKinds[i % 2], .target = annotations[i], .reason = "a trial"};
    VB_RETURN_IF_ERROR(
        archive::Decide(archive, {decision}, article::PersonActor("conformance")).status());
  }
  return absl::OkStatus();
}

std::string WrongRows(const view::Generation& generation, const schema::TypeSet& types) {
  const auto reader = generation.Read();
  if (!reader.ok()) return std::string(reader.status().message());
  std::string wrong;
  for (uint32_t number = 0; number < generation.tables() && wrong.empty(); ++number) {
    const v1::Table& table = generation.manifest().tables(static_cast<int>(number));
    const absl::Status status = reader->Scan(number, {}, [&](const view::RowView& row) {
      const auto parsed = types.Parse(table.row_type(), row.row);
      if (parsed.ok() && (*parsed)->SerializeAsString().size() == row.row.size()) return true;
      wrong = absl::StrCat("table ", table.name(), ", key ", base::ToHex(row.key), ", is no ",
                           table.row_type(), ": write rows by PutMessage");
      return false;
    });
    if (!status.ok()) wrong = std::string(status.message());
  }
  return wrong;
}

class ViewSuite {
 public:
  ViewSuite(Scratch& scratch, const std::string& view, const schema::TypeSet& types)
      : scratch_(scratch), view_(view), types_(types) {}

  absl::Status AddTo(std::vector<plugin::Check>& checks) {
    const auto whole = scratch_.Fold(view_, {});
    if (!whole.ok()) {
      checks.push_back(Failed(view_ + ".folds", std::string(whole.status().message())));
      return absl::OkStatus();
    }
    VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint checkpoint, (*whole)->Checkpoint());
    digest_ = checkpoint.digest();
    checks.push_back(Passed(view_ + ".folds", absl::StrCat(checkpoint.sequence(), " events, ",
                                                           checkpoint.rows(), " rows")));
    std::vector<uint64_t> stops;
    for (uint64_t at = 1; at < checkpoint.sequence(); at += 1 + at % 7) stops.push_back(at);
    checks.push_back(Compare("batches",
                             absl::StrCat("the same digest with ", stops.size(),
                                          " stops, and "
                                          "another process after every eighth"),
                             {.stops = stops, .stops_a_worker = 8}));
    checks.push_back(Compare("instances", "the same digest with an instance for every event",
                             {.trial = plugin::FoldTrial::kEveryEventAnew}));
    checks.push_back(Compare("bad_events", "events that are none, and bodies, do no harm",
                             {.trial = plugin::FoldTrial::kDisturbed}));
    checks.push_back(
        CheckOf(view_ + ".rows", "every row is of its type", WrongRows(**whole, types_)));
    checks.push_back(
        kCanWatch ? Compare("surroundings", "no clock, chance or environment", {.watched = true})
                  : NotWatched(view_ + ".surroundings"));
    return absl::OkStatus();
  }

 private:
  plugin::Check Compare(const std::string& rule, std::string passed, const Scratch::How& how) {
    const std::string name = absl::StrCat(view_, ".", rule);
    const auto folded = scratch_.Fold(view_, how);
    if (!folded.ok()) return Failed(name, std::string(folded.status().message()));
    const auto checkpoint = (*folded)->Checkpoint();
    if (!checkpoint.ok()) return Failed(name, std::string(checkpoint.status().message()));
    if (checkpoint->digest() == digest_) return Passed(name, std::move(passed));
    return Failed(name, absl::StrCat("other rows than in one go: digest ",
                                     base::ToHex(checkpoint->digest()).substr(0, 16), ", not ",
                                     base::ToHex(digest_).substr(0, 16),
                                     "; members may hold only what the store would give again"));
  }

  Scratch& scratch_;
  const std::string& view_;
  const schema::TypeSet& types_;
  std::string digest_;
};

}  // namespace

absl::StatusOr<std::vector<plugin::Check>> CheckConformance(const plugin::PluginFile& file,
                                                            const ConformanceOptions& conformance,
                                                            const Options& options) {
  schema::Registry registry;
  VB_ASSIGN_OR_RETURN(const schema::TypeSet* types, registry.Add(file.descriptors));
  std::vector<plugin::Check> checks;
  checks.push_back(
      CheckOf("manifest", "complete, and true of its messages", WrongInManifest(file, *types)));
  std::vector<ScratchText> texts = Samples();
  texts.insert(texts.end(), conformance.texts.begin(), conformance.texts.end());
  for (const v1::AnnotatorManifest& annotator : file.manifest.annotators()) {
    VB_RETURN_IF_ERROR(
        AnnotatorSuite(file, annotator, conformance, *types, texts, options).AddTo(checks));
  }
  if (file.manifest.views().empty()) return checks;
  // A log that is folded event by event is one to be patient with: the largest text stays out.
  std::erase_if(texts, [](const ScratchText& text) { return text.name == kHuge; });
  VB_ASSIGN_OR_RETURN(const auto scratch,
                      Scratch::OfTexts(file, conformance.config, texts, options));
  VB_RETURN_IF_ERROR(Decide(*scratch->archive()));
  for (const v1::ViewManifest& view : file.manifest.views()) {
    VB_RETURN_IF_ERROR(ViewSuite(*scratch, view.name(), *types).AddTo(checks));
  }
  return checks;
}

}  // namespace verbatim::archive
