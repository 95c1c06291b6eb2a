// SPDX-License-Identifier: Apache-2.0
// The pages of an archive, made when they are asked for: the ones that an export to html writes,
// of what the log holds now, or of another sequence by "?seq=".
//
//   ArchivePages pages(*archive);
//   auto server = serve::HttpServer::Listen(options, [&](const serve::Request& asked) {
//     return pages.Answer(asked);
//   });
#ifndef VERBATIM_CORE_ARCHIVE_SERVING_H_
#define VERBATIM_CORE_ARCHIVE_SERVING_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive/archive.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/pages/frame.h"
#include "core/pages/index_page.h"
#include "core/serve/http_server.h"

namespace verbatim::archive {

// One thread at a time. Appends nothing; brings views up to date, as reading them does. No path is
// ever looked for in a file system.
class ArchivePages {
 public:
  explicit ArchivePages(Archive& archive) : archive_(archive) {}

  // The policy to serve them with.
  static std::string Policy();

  serve::Response Answer(const serve::Request& request);

 private:
  struct Asked;
  absl::StatusOr<std::string> Page(const Asked& asked);
  absl::StatusOr<std::string> Index(const Asked& asked, size_t page);
  absl::StatusOr<std::string> Article(const Asked& asked, std::string_view id);
  absl::StatusOr<std::string> Timeline(const Asked& asked, size_t page);
  absl::StatusOr<std::string> Speakers(const Asked& asked, size_t page);
  absl::StatusOr<std::string> Speaker(const Asked& asked);

  Archive& archive_;
  uint64_t refreshed_at_ = 0;  // head of the log when the catalog was last read
  // The list of articles is of one head and one sequence.
  uint64_t listed_head_ = 0;
  uint64_t listed_as_of_ = 0;
  std::vector<pages::Listed> listed_;
};

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_SERVING_H_
