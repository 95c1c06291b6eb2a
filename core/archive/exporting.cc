// SPDX-License-Identifier: Apache-2.0
#include "core/archive/exporting.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "core/archive/views.h"

namespace verbatim::archive {
namespace {

// Views that are held open while they are exported.
struct HeldView {
  std::unique_ptr<view::Generation> generation;
  schema::Registry registry;
};

absl::StatusOr<std::vector<std::unique_ptr<HeldView>>> OpenViews(
    Archive& archive, const std::vector<std::string>& names, std::vector<std::string>& notes) {
  Views views(archive);
  std::vector<std::unique_ptr<HeldView>> held;
  for (const std::string& name : names) {
    VB_ASSIGN_OR_RETURN(OpenedView opened, views.Open(name));
    for (const std::string& note : opened.notes) notes.push_back(absl::StrCat(name, ": ", note));
    held.push_back(std::make_unique<HeldView>());
    held.back()->generation = std::move(opened.generation);
  }
  return held;
}

}  // namespace

absl::StatusOr<exchange::Exported> ExportArchive(Archive& archive, const ExportRequest& request) {
  const exchange::Format& format = *request.format;
  if (request.place.empty() && format.shape != exchange::Shape::kStream) {
    return absl::InvalidArgumentError(absl::StrCat(
        std::string(format.name), " goes into a ",
        format.shape == exchange::Shape::kFolder ? "folder" : "file", ": name one with --out"));
  }
  std::vector<std::string> notes;
  std::vector<std::unique_ptr<HeldView>> held;
  if (format.wants_views) {
    VB_ASSIGN_OR_RETURN(
        held,
        OpenViews(archive, request.views.empty() ? archive.catalog().ViewNames() : request.views,
                  notes));
  }
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  exchange::Source source{.snapshot = snapshot,
                          .registry = archive.registry(),
                          .archive_id = archive.log().archive_id(),
                          .tool_version = VERBATIM_VERSION,
                          .as_of = request.as_of.value_or(snapshot.head()),
                          .articles = request.articles,
                          .views = {},
                          .all = request.all,
                          .bytes_only = request.bytes_only};
  for (const auto& view : held) {
    source.views.push_back(
        {view->generation->manifest().name(), view->generation.get(), &view->registry});
  }
  auto done = request.place.empty() ? format.write(source, request.sink)
                                    : exchange::Export(format, source, request.place);
  if (done.ok()) done->notes.insert(done->notes.begin(), notes.begin(), notes.end());
  return done;
}

}  // namespace verbatim::archive
