// SPDX-License-Identifier: Apache-2.0
#include "core/archive/pulling.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/importing.h"
#include "core/archive/pull_article.h"
#include "core/article/load.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/base/limits.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

using What = PulledDecision::What;

// Articles in which people have decided about annotations, in the order in which they first did.
absl::StatusOr<std::vector<std::string>> DecidedArticles(const log::Snapshot& there) {
  std::vector<std::string> articles;
  std::set<std::string, std::less<>> seen;
  VB_RETURN_IF_ERROR(
      there.ScanHeaders(1, there.head(), [&](uint64_t, const log::HeaderView& header) {
        if (header.actor_kind != log::ActorKind::kPerson || seen.contains(header.stream)) {
          return true;
        }
        seen.emplace(header.stream);
        const auto article = base::FromHex(header.stream);
        if (article && article->size() == base::kIdBytes) articles.push_back(*article);
        return true;
      }));
  return articles;
}

// The article here that is the other's: by id, URL, or content.
absl::StatusOr<std::optional<std::string>> SameArticle(const log::Snapshot& here,
                                                       const article::ArticleState& theirs) {
  VB_ASSIGN_OR_RETURN(const auto same, here.FindArticles(base::ToHex(theirs.id()), 1));
  if (!same.empty()) return same[0];
  if (const std::string& url = theirs.metadata().canonical_url(); !url.empty()) {
    VB_ASSIGN_OR_RETURN(auto known, here.FindByUrl(url));
    if (known) return known;
  }
  for (const article::RevisionPtr& revision : theirs.revisions()) {
    VB_ASSIGN_OR_RETURN(const auto hits, here.FindByContent(revision->content().content_key()));
    if (!hits.empty()) return hits[0].article;
  }
  return std::optional<std::string>();
}

void Add(const Agreement& from, Agreement& to) {
  to.both += from.both;
  to.alike += from.alike;
  to.live_here += from.live_here;
  to.live_there += from.live_there;
  to.live_alike += from.live_alike;
  for (size_t i = 0; i < 3; ++i) {
    for (size_t j = 0; j < 3; ++j) to.judged[i][j] += from.judged[i][j];
  }
}

class Puller {
 public:
  Puller(Archive& archive, const OtherDesk& other, bool dry_run,
         const std::function<void(const PulledDecision&)>& on_row)
      : archive_(archive), other_(other.archive()), dry_run_(dry_run), on_row_(on_row) {}

  absl::StatusOr<PullResult> Run() {
    VB_ASSIGN_OR_RETURN(const log::Snapshot there, other_.log().Read());
    VB_ASSIGN_OR_RETURN(const std::vector<std::string> articles, DecidedArticles(there));
    for (const std::string& article : articles) VB_RETURN_IF_ERROR(Article(there, article));
    return std::move(result_);
  }

 private:
  absl::Status Article(const log::Snapshot& there, const std::string& article) {
    VB_ASSIGN_OR_RETURN(article::ArticleState theirs, article::Load(there, article));
    if (theirs.erased() || theirs.revisions().empty()) return absl::OkStatus();
    for (uint32_t attempt = 0; attempt < limits::kConflictRetriesMax; ++attempt) {
      VB_ASSIGN_OR_RETURN(const log::Snapshot here, archive_.log().Read());
      VB_ASSIGN_OR_RETURN(const auto same, SameArticle(here, theirs));
      article::ArticleState ours;
      if (same) {
        VB_ASSIGN_OR_RETURN(ours, article::Load(here, *same));
      }
      if (ours.erased() || ours.revisions().empty()) {
        on_row_({.what = What::kUnknown,
                 .who = {},
                 .article = article,
                 .text = theirs.metadata().title(),
                 .why = same ? "the article was erased here" : "the article isn't here"});
        return absl::OkStatus();
      }
      const PullArticle::Side here_side{here, archive_.registry(), archive_.log().archive_id(),
                                        std::move(ours)};
      const PullArticle::Side there_side{there, other_.registry(), other_.log().archive_id(),
                                         theirs};
      const article::EventMaker maker = archive_.Events();
      PullArticle pull(here_side, there_side, maker);
      VB_RETURN_IF_ERROR(pull.Run());
      VB_ASSIGN_OR_RETURN(const bool done, Finish(*same, pull));
      if (done) return absl::OkStatus();
    }
    return absl::AbortedError(
        absl::StrCat("others keep changing article ", base::ToHex(article), ": pull again"));
  }

  // False: somebody else was faster.
  absl::StatusOr<bool> Finish(const std::string& article, PullArticle& pull) {
    std::vector<uint64_t> sequences;
    if (!dry_run_ && !pull.unit.events.empty()) {
      auto appended = archive_.log().Append(std::move(pull.unit));
      if (absl::IsAborted(appended.status())) return false;
      VB_ASSIGN_OR_RETURN(sequences, std::move(appended));
    }
    for (size_t i = 0; i < pull.rows.size(); ++i) {
      if (pull.event_of[i] && !sequences.empty()) {
        pull.rows[i].sequence = sequences[*pull.event_of[i]];
      }
      on_row_(pull.rows[i]);
    }
    for (const auto& [type, agreement] : pull.agreement) Add(agreement, result_.agreement[type]);
    if (sequences.empty()) return true;
    AnnotateOptions options;
    options.articles = {article};
    options.only_new_inputs = true;
    options.cause = pull.cause;
    options.jobs = 1;
    VB_RETURN_IF_ERROR(Annotate(
        archive_, options, [&](const AnnotateResult& run) { result_.runs.push_back(run); },
        [](uint64_t, uint64_t) {}));
    return true;
  }

  Archive& archive_;
  const Archive& other_;
  bool dry_run_;
  const std::function<void(const PulledDecision&)>& on_row_;
  PullResult result_;
};

}  // namespace

std::string_view ToText(What what) {
  switch (what) {
    case What::kApplied:
      return "applied";
    case What::kAgreed:
      return "agreed";
    case What::kConflict:
      return "conflict";
    case What::kUnplaced:
      return "unplaced";
    case What::kUnknown:
      break;
  }
  return "unknown";
}

double Agreement::F1() const {
  const uint64_t live = live_here + live_there;
  return live == 0 ? 1.0 : 2.0 * static_cast<double>(live_alike) / static_cast<double>(live);
}

std::optional<double> Agreement::Kappa() const {
  double same = 0;
  double chance = 0;
  const auto all = static_cast<double>(both);
  if (both == 0) return std::nullopt;
  for (size_t i = 0; i < 3; ++i) {
    double here = 0;
    double there = 0;
    for (size_t j = 0; j < 3; ++j) {
      here += static_cast<double>(judged[i][j]);
      there += static_cast<double>(judged[j][i]);
    }
    same += static_cast<double>(judged[i][i]) / all;
    chance += here / all * (there / all);
  }
  if (chance >= 1) return std::nullopt;
  return (same - chance) / (1 - chance);
}

absl::StatusOr<std::unique_ptr<OtherDesk>> OtherDesk::Open(const fs::path& place,
                                                           const Options& options,
                                                           CopyProgress progress) {
  std::unique_ptr<OtherDesk> desk(new OtherDesk());
  fs::path folder = place;
  std::error_code error;
  if (!fs::is_directory(place, error)) {
    auto opened = ingest::ByteStream::Open(place);
    if (!opened.ok()) return base::WithContext(opened.status(), place.string());
    ingest::ByteStream lines = *std::move(opened);
    desk->folder_ = std::make_unique<base::TemporaryFolder>("verbatim-pull");
    folder = desk->folder_->path() / "archive";
    const auto imported = ImportEvents(lines, folder, options, std::move(progress));
    if (!imported.ok()) return base::WithContext(imported.status(), place.string());
  }
  Options reading = options;
  reading.access = Access::kRead;
  VB_ASSIGN_OR_RETURN(desk->archive_, Archive::Open(folder, reading));
  return desk;
}

absl::StatusOr<PullResult> Pull(Archive& archive, const OtherDesk& other, bool dry_run,
                                const std::function<void(const PulledDecision&)>& on_row) {
  return Puller(archive, other, dry_run, on_row).Run();
}

}  // namespace verbatim::archive
