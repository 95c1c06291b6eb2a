// SPDX-License-Identifier: Apache-2.0
#include "core/archive/serving.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/archive/views.h"
#include "core/audit/show.h"
#include "core/audit/timeline.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/pages/article_page.h"
#include "core/pages/assets.h"
#include "core/pages/speakers_page.h"
#include "core/pages/timeline_page.h"

namespace verbatim::archive {
namespace {

constexpr size_t kDigitsMax = 19;

// A sequence as the form sends it: "40", "@40", "%4040". Nothing: no number stands there.
std::optional<uint64_t> SequenceIn(std::string_view text) {
  for (const std::string_view sign : {"%40", "@"}) {
    if (text.starts_with(sign)) {
      text.remove_prefix(sign.size());
      break;
    }
  }
  uint64_t sequence = 0;
  if (text.empty() || text.size() > kDigitsMax ||
      text.find_first_not_of("0123456789") != std::string_view::npos ||
      !absl::SimpleAtoi(absl::string_view(text.data(), text.size()), &sequence)) {
    return std::nullopt;
  }
  return sequence;
}

// The value of "seq" in "a=b&seq=40"; empty: it isn't there.
std::string_view SeqOf(std::string_view query) {
  while (!query.empty()) {
    const size_t end = std::min(query.find('&'), query.size());
    if (query.starts_with("seq=")) return query.substr(4, end - 4);
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return {};
}

// The number of the page in "/timeline-2.html", from 0; nothing: the path is no page of that list.
std::optional<size_t> NumberOf(std::string_view path, std::string_view stem) {
  constexpr std::string_view kEnding = ".html";
  if (!path.starts_with(stem) || !path.ends_with(kEnding)) return std::nullopt;
  path.remove_prefix(stem.size());
  path.remove_suffix(kEnding.size());
  if (path.empty()) return 0;
  uint64_t number = 0;
  if (path[0] != '-' || path.size() > 10 || path.find_first_not_of("0123456789", 1) != path.npos ||
      !absl::SimpleAtoi(absl::string_view(path.data() + 1, path.size() - 1), &number) ||
      number < 2) {
    return std::nullopt;
  }
  return number - 1;
}

// "/articles/ID.html" -> 16 bytes; nothing when that isn't its form.
std::optional<std::string> IdIn(std::string_view path, std::string_view folder) {
  constexpr std::string_view kEnding = ".html";
  if (!path.starts_with(folder) || !path.ends_with(kEnding)) return std::nullopt;
  path.remove_prefix(folder.size());
  path.remove_suffix(kEnding.size());
  if (path.size() != 2 * base::kIdBytes) return std::nullopt;
  return base::FromHex(path);
}

absl::Status NoSuchPage() { return absl::NotFoundError("There is no such page."); }

// Brought up to head; what stands is read where that can't be.
struct ReadView {
  std::unique_ptr<view::Generation> generation;
  schema::Registry registry;
};

absl::StatusOr<std::unique_ptr<ReadView>> OpenView(Archive& archive, std::string_view name) {
  VB_ASSIGN_OR_RETURN(OpenedView opened, Views(archive).Open(name));
  auto read = std::make_unique<ReadView>();
  read->generation = std::move(opened.generation);
  return read;
}

}  // namespace

struct ArchivePages::Asked {
  std::string path;
  log::Snapshot snapshot;
  pages::Site site;
};

std::string ArchivePages::Policy() {
  return absl::StrCat(std::string(pages::kPolicy), std::string(pages::kPolicyServed));
}

serve::Response ArchivePages::Answer(const serve::Request& request) {
  for (const pages::Asset& asset : pages::Assets()) {
    if (request.path.substr(1) == asset.name) {
      return {200, std::string(asset.media_type), std::string(asset.bytes)};
    }
  }
  const std::string root =
      request.path.find('/', 1) == std::string::npos ? std::string() : std::string("../");
  const auto say = [&](unsigned status, const pages::Site& site, std::string_view title,
                       const absl::Status& why) {
    const std::string message(why.message());
    return serve::Response{.status = status,
                           .body = pages::MessagePage(site, root, title, message)};
  };
  auto snapshot = archive_.log().Read();
  if (!snapshot.ok()) return say(500, {}, "The archive can't be read", snapshot.status());
  const uint64_t head = snapshot->head();
  const std::string_view seq = SeqOf(request.query);
  const std::optional<uint64_t> wanted = SequenceIn(seq);
  auto site =
      pages::SiteOf(*snapshot, archive_.log().archive_id(), std::min(wanted.value_or(head), head));
  if (!site.ok()) return say(500, {}, "The archive can't be read", site.status());
  site->tool = absl::StrCat("verbatim ", VERBATIM_VERSION);
  // What was appended since may be a view that the pages have, or have no more.
  if (refreshed_at_ != head) {
    if (const absl::Status read = archive_.Refresh(); !read.ok()) {
      return say(500, *site, "The archive can't be read", read);
    }
    refreshed_at_ = head;
  }
  site->live = true;
  site->chosen = wanted.has_value();
  const std::vector<std::string> views = archive_.catalog().ViewNames();
  const auto has = [&](std::string_view name) {
    return std::find(views.begin(), views.end(), name) != views.end();
  };
  site->statements = has("statements");
  site->speakers = has("speakers") && has("quotes");
  if (!seq.empty() && !wanted) {
    return say(400, *site, "No such sequence",
               absl::InvalidArgumentError("A sequence is a number, as 40."));
  }
  const pages::Site said = *site;
  const auto page = Page({request.path, std::move(*snapshot), std::move(*site)});
  if (page.ok()) return {.body = *page};
  if (absl::IsNotFound(page.status())) return say(404, said, "Not found", page.status());
  return say(500, said, "This page can't be shown", page.status());
}

absl::StatusOr<std::string> ArchivePages::Page(const Asked& asked) {
  if (asked.path == "/") return Index(asked, 0);
  if (const auto page = NumberOf(asked.path, "/index")) return Index(asked, *page);
  if (const auto id = IdIn(asked.path, "/articles/")) return Article(asked, *id);
  if (asked.site.statements) {
    if (const auto page = NumberOf(asked.path, "/timeline")) return Timeline(asked, *page);
  }
  if (asked.site.speakers) {
    if (const auto page = NumberOf(asked.path, "/speakers")) return Speakers(asked, *page);
    if (asked.path.starts_with("/speakers/")) return Speaker(asked);
  }
  return NoSuchPage();
}

absl::StatusOr<std::string> ArchivePages::Index(const Asked& asked, size_t page) {
  const uint64_t head = asked.snapshot.head();
  if (listed_.empty() || listed_head_ != head || listed_as_of_ != asked.site.as_of) {
    listed_.clear();
    VB_RETURN_IF_ERROR(audit::Articles(
        asked.snapshot,
        [&](const schema::Record& row) { listed_.push_back(pages::ListedFrom(row)); },
        asked.site.as_of));
    pages::SortForIndex(&listed_);
    listed_head_ = head;
    listed_as_of_ = asked.site.as_of;
  }
  if (page >= pages::IndexPages(listed_)) return NoSuchPage();
  return pages::IndexPage(asked.site, listed_, page);
}

absl::StatusOr<std::string> ArchivePages::Article(const Asked& asked, std::string_view id) {
  // The slider goes on to now, whatever moment the page opens with.
  const pages::ArticleAsked wanted{
      .article = id, .until = asked.snapshot.head(), .shown = asked.site.as_of};
  return pages::ArticlePage(asked.site, asked.snapshot, archive_.registry(), wanted);
}

absl::StatusOr<std::string> ArchivePages::Timeline(const Asked& asked, size_t page) {
  VB_ASSIGN_OR_RETURN(const auto view, OpenView(archive_, "statements"));
  audit::TimelineQuery query;
  query.undated = true;
  query.as_of = asked.site.as_of;
  VB_ASSIGN_OR_RETURN(const audit::Timeline timeline,
                      audit::ReadTimeline(*view->generation, view->registry, query));
  if (page >= pages::TimelinePages(timeline)) return NoSuchPage();
  return pages::TimelinePage(asked.site, timeline, page);
}

absl::StatusOr<std::string> ArchivePages::Speakers(const Asked& asked, size_t page) {
  VB_ASSIGN_OR_RETURN(const auto view, OpenView(archive_, "speakers"));
  VB_ASSIGN_OR_RETURN(const auto speakers,
                      pages::ReadSpeakers(*view->generation, view->registry, asked.site.as_of));
  if (page >= pages::SpeakersPages(speakers)) return NoSuchPage();
  return pages::SpeakersPage(asked.site, speakers, page);
}

absl::StatusOr<std::string> ArchivePages::Speaker(const Asked& asked) {
  constexpr size_t kStemBytes = std::string_view("/speakers/").size() + 2 * base::kIdBytes;
  const std::string stem = asked.path.substr(0, kStemBytes);
  const std::optional<size_t> page = NumberOf(asked.path, stem);
  if (!page || !IdIn(stem + ".html", "/speakers/")) return NoSuchPage();
  VB_ASSIGN_OR_RETURN(const auto view, OpenView(archive_, "speakers"));
  VB_ASSIGN_OR_RETURN(const auto speakers,
                      pages::ReadSpeakers(*view->generation, view->registry, asked.site.as_of));
  const auto found =
      std::find_if(speakers.begin(), speakers.end(), [&](const pages::Speaker& speaker) {
        return "/" + pages::SpeakerPath(speaker.key) == stem + ".html";
      });
  if (found == speakers.end()) {
    return absl::NotFoundError("This archive knew no such speaker at that sequence.");
  }
  VB_ASSIGN_OR_RETURN(const auto quotes, OpenView(archive_, "quotes"));
  VB_ASSIGN_OR_RETURN(
      const auto quotations,
      pages::ReadQuotations(*quotes->generation, quotes->registry, asked.site.as_of, found->key));
  if (*page >= pages::SpeakerPages(quotations)) return NoSuchPage();
  return pages::SpeakerPage(asked.site, *found, quotations, *page);
}

}  // namespace verbatim::archive
