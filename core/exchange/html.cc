// SPDX-License-Identifier: Apache-2.0
// A folder of pages to read, from core/pages: they work as files, with no server and no network.
// One article is held whole at a time; of the others only a line of the list.
#include <map>
#include <utility>

#include "core/audit/show.h"
#include "core/audit/timeline.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/new_folder.h"
#include "core/exchange/articles.h"
#include "core/exchange/export.h"
#include "core/pages/article_page.h"
#include "core/pages/assets.h"
#include "core/pages/frame.h"
#include "core/pages/index_page.h"
#include "core/pages/speakers_page.h"
#include "core/pages/timeline_page.h"

namespace verbatim::exchange {
namespace {

namespace fs = std::filesystem;

class SiteWriter {
 public:
  SiteWriter(const Source& source, fs::path folder) : source_(source), folder_(std::move(folder)) {}

  absl::StatusOr<Exported> Write() {
    VB_RETURN_IF_ERROR(Prepare());
    VB_RETURN_IF_ERROR(Articles());
    if (site_.statements) VB_RETURN_IF_ERROR(Timeline());
    if (site_.speakers) VB_RETURN_IF_ERROR(Speakers());
    for (const pages::Asset& asset : pages::Assets()) {
      VB_RETURN_IF_ERROR(File(std::string(asset.name), asset.bytes));
    }
    VB_RETURN_IF_ERROR(base::FlushAllUnder(folder_));
    return done_;
  }

 private:
  absl::Status Prepare() {
    VB_ASSIGN_OR_RETURN(site_, pages::SiteOf(source_.snapshot, source_.archive_id, source_.as_of));
    site_.tool = "verbatim " + source_.tool_version;
    site_.statements = View("statements") != nullptr;
    site_.speakers = View("speakers") != nullptr && View("quotes") != nullptr;
    for (const char* const name : {"articles", "speakers"}) {
      std::error_code error;
      fs::create_directory(folder_ / name, error);
      if (error) return base::ErrnoStatus(error.value(), "make " + (folder_ / name).string());
    }
    return absl::OkStatus();
  }

  // Null: the archive has no such view, and the site no pages of it.
  const NamedView* View(std::string_view name) const {
    for (const NamedView& view : source_.views) {
      if (view.name == name) return &view;
    }
    return nullptr;
  }

  // Flushed all together at the end: the folder appears after that.
  absl::Status File(const std::string& name, std::string_view bytes) {
    ++done_.files;
    return base::WriteUnflushed(folder_ / name, bytes);
  }

  absl::Status Articles() {
    std::vector<pages::Listed> list;
    VB_RETURN_IF_ERROR(ForEachArticle(source_, [&](const ArticleOut& article) -> absl::Status {
      const pages::ArticleAsked asked{.article = article.state.id(),
                                      .until = source_.as_of,
                                      .shown = source_.as_of,
                                      .all = source_.all};
      VB_ASSIGN_OR_RETURN(const std::string page,
                          pages::ArticlePage(site_, source_.snapshot, source_.registry, asked));
      const uint64_t live = article.state.Live().size();
      list.push_back(pages::ListedFrom(audit::ArticleRow(article.state, live)));
      ++done_.articles;
      done_.annotations += article.annotations.size();
      return File(pages::ArticlePath(base::ToHex(article.state.id())), page);
    }));
    pages::SortForIndex(&list);
    for (size_t page = 0; page < pages::IndexPages(list); ++page) {
      VB_RETURN_IF_ERROR(
          File(pages::NumberedPath("index", page), pages::IndexPage(site_, list, page)));
    }
    return absl::OkStatus();
  }

  absl::Status Timeline() {
    const NamedView& view = *View("statements");
    audit::TimelineQuery query;
    query.undated = true;
    query.as_of = source_.as_of;
    VB_ASSIGN_OR_RETURN(const audit::Timeline timeline,
                        audit::ReadTimeline(*view.generation, *view.registry, query));
    for (size_t page = 0; page < pages::TimelinePages(timeline); ++page) {
      VB_RETURN_IF_ERROR(
          File(pages::NumberedPath("timeline", page), pages::TimelinePage(site_, timeline, page)));
    }
    return absl::OkStatus();
  }

  absl::Status Speakers() {
    VB_ASSIGN_OR_RETURN(const auto speakers,
                        pages::ReadSpeakers(*View("speakers")->generation,
                                            *View("speakers")->registry, source_.as_of));
    for (size_t page = 0; page < pages::SpeakersPages(speakers); ++page) {
      VB_RETURN_IF_ERROR(
          File(pages::NumberedPath("speakers", page), pages::SpeakersPage(site_, speakers, page)));
    }
    VB_ASSIGN_OR_RETURN(auto all, pages::ReadQuotations(*View("quotes")->generation,
                                                        *View("quotes")->registry, source_.as_of));
    std::map<std::string, std::vector<pages::Quotation>> by_key;
    for (pages::Quotation& quotation : all) {
      by_key[quotation.speaker_key].push_back(std::move(quotation));
    }
    for (const pages::Speaker& speaker : speakers) {
      const std::vector<pages::Quotation>& quotations = by_key[speaker.key];
      for (size_t page = 0; page < pages::SpeakerPages(quotations); ++page) {
        VB_RETURN_IF_ERROR(File(pages::SpeakerPath(speaker.key, page),
                                pages::SpeakerPage(site_, speaker, quotations, page)));
      }
    }
    return absl::OkStatus();
  }

  const Source& source_;
  fs::path folder_;
  pages::Site site_;
  Exported done_;
};

}  // namespace

absl::StatusOr<Exported> WriteHtml(const Source& source, const fs::path& folder) {
  return SiteWriter(source, folder).Write();
}

}  // namespace verbatim::exchange
