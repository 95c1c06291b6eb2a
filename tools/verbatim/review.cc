// SPDX-License-Identifier: Apache-2.0
// verbatim review: what waits for a person; --next walks through it, one decision at a time.
#include "core/audit/review.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/archive/deciding.h"
#include "core/base/hex.h"
#include "core/schema/control.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/people.h"
#include "tools/verbatim/person.h"

namespace verbatim::tool {
namespace {

using archive::Decision;

struct Arguments {
  audit::ReviewFilter filter;
  std::string article;
  bool next = false;
  size_t limit = 0;
};

absl::StatusOr<std::vector<audit::Waiting>> WhatWaits(const archive::Archive& archive,
                                                      const audit::ReviewFilter& filter) {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  return audit::Review(snapshot, archive.registry(), filter);
}

// "correct speaker='Ana Maar' kind=direct" as its words; marks hold blanks together.
std::vector<std::string> Words(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool any = false;
  char mark = 0;
  for (const char c : line) {
    if (mark != 0 ? c == mark : (c == '"' || c == '\'')) {
      mark = mark != 0 ? '\0' : c;
      any = true;
    } else if (mark == 0 && (c == ' ' || c == '\t' || c == '\r')) {
      if (any) words.push_back(std::move(word));
      word.clear();
      any = false;
    } else {
      word += c;
      any = true;
    }
  }
  if (any) words.push_back(std::move(word));
  return words;
}

bool Means(const std::string& word, std::string_view verb) {
  return !word.empty() && verb.substr(0, word.size()) == word;
}

// One question after the other, on what waited when it was asked first.
class Walk {
 public:
  Walk(const Cli& cli, archive::Archive& archive) : cli_(cli), archive_(archive) {}

  absl::Status Through(const std::vector<audit::Waiting>& waiting) {
    for (size_t i = 0; i < waiting.size(); ++i) {
      Show(waiting[i], i + 1, waiting.size());
      VB_ASSIGN_OR_RETURN(const bool goes_on, Ask(waiting[i]));
      if (!goes_on) break;
    }
    cli_.Say(absl::StrCat(decided_, " decided, ", waiting.size() - decided_, " still wait"));
    return absl::OkStatus();
  }

  bool failed() const { return failed_; }

 private:
  static void Show(const audit::Waiting& waiting, size_t number, size_t total) {
    const article::AnnotationState& annotation = *waiting.annotation;
    std::string lines = absl::StrCat(
        "\n[", number, " of ", total, "] ", base::ShortId(annotation.id), "  ",
        audit::ShortType(annotation.type()), ", ", article::StatusName(annotation.status),
        ", version ", annotation.version, "\n  ",
        waiting.title.empty() ? base::ShortId(waiting.article) : waiting.title, "\n  \"",
        audit::WordsOf(annotation.value->anchor), "\"\n  in: ", waiting.sentence, "\n");
    for (const audit::Waiting::Reason& reason : waiting.reasons) {
      absl::StrAppend(&lines, "  ", std::string(reason.why), ": ", reason.detail, "\n");
    }
    std::cout << schema::ForTerminal(lines);
  }

  // False: no more questions.
  absl::StatusOr<bool> Ask(const audit::Waiting& waiting) {
    while (true) {
      std::cout << "confirm, correct FIELD=VALUE, reject, skip, quit (and a reason after #)? "
                << std::flush;
      std::string line;
      if (!std::getline(std::cin, line)) return false;
      std::string reason;
      if (const size_t hash = line.find(" #"); hash != std::string::npos) {
        reason = line.substr(std::min(line.size(), line.find_first_not_of(' ', hash + 2)));
        line.resize(hash);
      }
      const std::vector<std::string> words = Words(line);
      if (words.empty() || Means(words[0], "skip")) return true;
      if (Means(words[0], "quit")) return false;
      Decision decision;
      const absl::Status understood = Read(words, &decision);
      if (!understood.ok()) {
        Cli::Complain(std::string(understood.message()));
        continue;
      }
      decision.target = base::ToHex(waiting.annotation->id);
      decision.if_version = waiting.annotation->version;
      decision.reason = reason;
      const auto done = archive::Decide(archive_, {decision}, PersonActor(cli_, archive_));
      if (done.ok()) {
        ++decided_;
        cli_.Say(absl::StrCat("@", done->decided[0].sequence, " ",
                              article::StatusName(done->decided[0].after->status)));
        return true;
      }
      Cli::Complain(std::string(done.status().message()));
      failed_ = true;
      // What somebody else has changed meanwhile is looked at again another time.
      if (absl::IsAborted(done.status())) return true;
      if (!absl::IsInvalidArgument(done.status())) return done.status();
    }
  }

  static absl::Status Read(const std::vector<std::string>& words, Decision* decision) {
    if (Means(words[0], "correct") && words[0].size() > 2 && words.size() > 1) {
      decision->kind = Decision::Kind::kCorrect;
      for (size_t i = 1; i < words.size(); ++i) {
        VB_ASSIGN_OR_RETURN(decision->fields.emplace_back(), article::ParseAssignment(words[i]));
      }
      return absl::OkStatus();
    }
    if (words.size() == 1 && Means(words[0], "confirm") && words[0] != "co") {
      decision->kind = Decision::Kind::kConfirm;
      return absl::OkStatus();
    }
    if (words.size() == 1 && Means(words[0], "reject")) {
      decision->kind = Decision::Kind::kReject;
      return absl::OkStatus();
    }
    return absl::InvalidArgumentError(
        absl::StrCat("'", absl::StrJoin(words, " "), "' is no answer"));
  }

  const Cli& cli_;
  archive::Archive& archive_;
  size_t decided_ = 0;
  bool failed_ = false;
};

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  const auto access = arguments.next ? archive::Access::kWrite : archive::Access::kRead;
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(access));
  audit::ReviewFilter filter = arguments.filter;
  if (!arguments.article.empty()) {
    VB_ASSIGN_OR_RETURN(filter.article, ArticleNamed(*archive, arguments.article));
  }
  VB_ASSIGN_OR_RETURN(const std::vector<audit::Waiting> waiting, WhatWaits(*archive, filter));
  if (arguments.next && !waiting.empty()) {
    // What has no place can't be answered in a line.
    std::vector<audit::Waiting> asked = waiting;
    std::erase_if(asked, [](const audit::Waiting& one) { return one.unplaced.has_value(); });
    Walk walk(cli, *archive);
    VB_RETURN_IF_ERROR(walk.Through(asked));
    if (asked.size() < waiting.size()) {
      cli.Say(absl::StrCat(waiting.size() - asked.size(),
                           " more have no place in their text: 'verbatim review --why unplaced'"));
    }
    return kDone;
  }
  const auto rows = cli.Rows(audit::ReviewColumns());
  const size_t shown =
      arguments.limit == 0 ? waiting.size() : std::min(arguments.limit, waiting.size());
  for (size_t i = 0; i < shown; ++i) rows->Write(audit::ReviewRow(waiting[i]));
  rows->Finish();
  if (waiting.empty()) cli.Say("nothing waits");
  if (shown < waiting.size()) {
    cli.Say(absl::StrCat("the first ", shown, " of ", waiting.size(), " (--limit 0 shows all)"));
  }
  return kDone;
}

}  // namespace

void AddReview(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "review", "What waits for a person: disputes, changed texts, orphans, conflicts",
              "verbatim review --below 0.6 --next");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("--article", arguments->article, "ARTICLE: only its annotations");
  verb->add_option("--type", arguments->filter.type, "quote, temporalexpression, or a whole name");
  verb->add_option("--why", arguments->filter.why,
                   "disputed, changed, orphaned, conflict, unplaced or low_confidence")
      ->check(CLI::IsMember(
          {"disputed", "changed", "orphaned", "conflict", "unplaced", "low_confidence"},
          CLI::ignore_case));
  verb->add_flag_callback(
      "--conflicts", [arguments] { arguments->filter.why = "conflict"; },
      "The same as --why conflict: what people decided differently, here or at another desk");
  verb->add_option("--below", arguments->filter.confidence_below,
                   "Also what nobody has decided on and has less confidence than this")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_flag("--all", arguments->filter.all, "Also orphans that nobody ever decided on");
  CLI::Option* next =
      verb->add_flag("--next", arguments->next,
                     "One after the other, with a question; answers come from standard input");
  verb->add_option("--limit", arguments->limit, "At most so many rows; 0: all")->excludes(next);
}

}  // namespace verbatim::tool
