// SPDX-License-Identifier: Apache-2.0
// A folder of pages to read, from core/pages: they work as files, with no server and no network.
// One article is held whole at a time; of the others only a line of the list.
#include "absl/strings/str_cat.h"
#include "core/audit/show.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/new_folder.h"
#include "core/base/time_point.h"
#include "core/exchange/articles.h"
#include "core/exchange/export.h"
#include "core/pages/article_page.h"
#include "core/pages/assets.h"
#include "core/pages/frame.h"
#include "core/pages/index_page.h"

namespace verbatim::exchange {
namespace {

namespace fs = std::filesystem;

class SiteWriter {
 public:
  SiteWriter(const Source& source, fs::path folder) : source_(source), folder_(std::move(folder)) {}

  absl::StatusOr<Exported> Write() {
    VB_RETURN_IF_ERROR(Prepare());
    VB_RETURN_IF_ERROR(Articles());
    for (const pages::Asset& asset : pages::Assets()) {
      VB_RETURN_IF_ERROR(File(std::string(asset.name), asset.bytes));
    }
    VB_RETURN_IF_ERROR(base::FlushAllUnder(folder_));
    return done_;
  }

 private:
  absl::Status Prepare() {
    site_.archive = base::ToHex(source_.archive_id);
    site_.tool = "verbatim " + source_.tool_version;
    site_.as_of = source_.as_of;
    if (source_.as_of > 0) {
      VB_ASSIGN_OR_RETURN(const log::HeaderView header, source_.snapshot.View(source_.as_of));
      site_.as_of_time = base::FormatTime(header.recorded_at_us);
    }
    std::error_code error;
    fs::create_directory(folder_ / "articles", error);
    if (error) return base::ErrnoStatus(error.value(), "make " + (folder_ / "articles").string());
    return absl::OkStatus();
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
