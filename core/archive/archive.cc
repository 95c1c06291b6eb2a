// SPDX-License-Identifier: Apache-2.0
#include "core/archive/archive.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "core/archive/erased_views.h"
#include "core/archive/plugins.h"
#include "core/archive/searching.h"
#include "core/archive/signing.h"
#include "core/base/files.h"
#include "core/base/ids.h"
#include "core/base/limits.h"
#include "core/base/new_folder.h"
#include "core/log/last_erasure.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

// Every message that is the body of an event or of an annotation, so that a log can be read without
// this program.
const std::vector<std::string>& BodyTypes() {
  static const std::vector<std::string> types = {"verbatim.v1.ArchiveCreated",
                                                 "verbatim.v1.SettingChanged",
                                                 "verbatim.v1.PluginPinned",
                                                 "verbatim.v1.PluginConfigured",
                                                 "verbatim.v1.PluginStateChanged",
                                                 "verbatim.v1.KeyAdopted",
                                                 "verbatim.v1.SchemaRegistered",
                                                 "verbatim.v1.SourceCaptured",
                                                 "verbatim.v1.ArticleIngested",
                                                 "verbatim.v1.ArticleRevised",
                                                 "verbatim.v1.ArticleReextracted",
                                                 "verbatim.v1.ArticleMetadataCorrected",
                                                 "verbatim.v1.ArticleLinked",
                                                 "verbatim.v1.ContentErased",
                                                 "verbatim.v1.AnnotationAdded",
                                                 "verbatim.v1.AnnotationRevised",
                                                 "verbatim.v1.AnnotationRetracted",
                                                 "verbatim.v1.AnnotationConfirmed",
                                                 "verbatim.v1.AnnotationRejected",
                                                 "verbatim.v1.AnnotationDisputed",
                                                 "verbatim.v1.DecisionWithdrawn",
                                                 "verbatim.v1.AnnotationReanchored",
                                                 "verbatim.v1.RunCompleted",
                                                 "verbatim.v1.SpeakerAliased",
                                                 "verbatim.v1.SpeakersMerged",
                                                 "verbatim.v1.SpeakerSplit",
                                                 "verbatim.v1.Quote",
                                                 "verbatim.v1.TemporalExpression",
                                                 "verbatim.v1.DocumentDate",
                                                 "verbatim.v1.Note",
                                                 "verbatim.v1.DecisionPulled",
                                                 "verbatim.v1.AnnotationUnplaced"};
  return types;
}

absl::StatusOr<v1::SchemaRegistered> SchemasOf(const std::vector<std::string>& types,
                                               const schema::Registry& registry) {
  v1::SchemaRegistered event;
  for (const std::string& type : types) event.add_types(type);
  VB_ASSIGN_OR_RETURN(*event.mutable_descriptors(), registry.DescriptorsFor(types));
  event.set_descriptors_sha256(base::ToString(base::Sha256(event.descriptors())));
  return event;
}

// An archive that an earlier verbatim made knows no type that came since: whoever may write the
// first event of one registers it before that.
absl::Status RegisterNewTypes(Archive& archive) {
  absl::Status status;
  for (uint32_t i = 0; i < limits::kConflictRetriesMax && !archive.read_only(); ++i) {
    std::vector<std::string> missing;
    for (const std::string& type : BodyTypes()) {
      if (!archive.catalog().registered_types().contains(type)) missing.push_back(type);
    }
    if (missing.empty()) return absl::OkStatus();
    VB_ASSIGN_OR_RETURN(const v1::SchemaRegistered schemas, SchemasOf(missing, archive.registry()));
    std::vector<log::NewEvent> events(1);
    VB_ASSIGN_OR_RETURN(events[0], archive.Events().Make(kArchiveStream, schemas));
    status = archive.AppendToCatalog(std::move(events));
    if (status.ok()) return status;
    // `compact` must be able to open an archive on a full disk; nothing else is appended there.
    if (absl::IsResourceExhausted(status)) return absl::OkStatus();
    if (!absl::IsAborted(status)) break;
    VB_RETURN_IF_ERROR(archive.Refresh());  // another process was faster
  }
  return status;
}

absl::Status NoArchive(const fs::path& folder, std::string_view why) {
  return absl::NotFoundError(absl::StrCat(
      folder.string(), " ", std::string(why), "; make an archive with 'verbatim init -C ",
      folder.string(), "', or name another folder with -C or $VERBATIM_ARCHIVE"));
}

// Heals what a crash between an erasure and the views built again left.
absl::Status FinishErasure(const Layout& layout, const log::EventLog& log) {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, log.Read());
  VB_ASSIGN_OR_RETURN(const uint64_t last_erasure, log::LastErasure(snapshot));
  // Where it can't be done now, nothing of it is served all the same: see Views::Peek.
  DropErased(layout, last_erasure, OthersAtWork::kPass).IgnoreError();
  DropErasedIndexes(layout, last_erasure);
  return absl::OkStatus();
}

}  // namespace

absl::Status Archive::Fill(const fs::path& folder, const Options& options) {
  Archive made(Layout(folder), options);
  for (const fs::path& path : {made.layout_.log(), made.layout_.views(), made.layout_.plugins()}) {
    std::error_code error;
    if (!fs::create_directories(path, error) && error)
      return base::ErrnoStatus(error.value(), "make " + path.string());
  }
  VB_RETURN_IF_ERROR(base::WriteFileAtomically(made.layout_.marker(), kMarkerText));
  const std::string archive_id = options.random->Bytes(base::kIdBytes);
  VB_ASSIGN_OR_RETURN(made.log_,
                      log::EventLog::Create(made.layout_.log(), archive_id,
                                            {.clock = options.clock, .random = options.random}));
  v1::ArchiveCreated created;
  created.set_archive_id(archive_id);
  created.set_format(log::kFormat);
  created.set_tool_version(VERBATIM_VERSION);
  VB_ASSIGN_OR_RETURN(const v1::SchemaRegistered schemas, SchemasOf(BodyTypes(), made.registry_));
  const article::EventMaker maker = made.Events();
  VB_ASSIGN_OR_RETURN(const KeyAtHand key,
                      ReadOrMakeKey(SigningKeyFile(made), OriginOf(archive_id), *options.random));
  v1::KeyAdopted adopted;
  adopted.set_name(key.key.verifying_key().name);
  adopted.set_public_key(key.key.verifying_key().public_key);
  std::vector<log::NewEvent> events(3);
  VB_ASSIGN_OR_RETURN(events[0], maker.Make(kArchiveStream, created));
  VB_ASSIGN_OR_RETURN(events[1], maker.Make(kArchiveStream, schemas));
  VB_ASSIGN_OR_RETURN(events[2], maker.Make(kArchiveStream, adopted));
  VB_RETURN_IF_ERROR(made.AppendToCatalog(std::move(events)));
  return PinBuiltins(made);
}

absl::StatusOr<std::unique_ptr<Archive>> Archive::Create(const fs::path& folder,
                                                         const Options& options) {
  {
    VB_ASSIGN_OR_RETURN(base::NewFolder made, base::NewFolder::Beside(folder));
    absl::Status status = Fill(made.path(), options);
    if (status.ok()) status = made.Finish();
    VB_RETURN_IF_ERROR(base::WithContext(status, "making an archive in " + folder.string()));
  }
  Options writable = options;
  writable.access = Access::kWrite;
  return Open(folder, writable);
}

absl::StatusOr<std::unique_ptr<Archive>> Archive::Open(const fs::path& folder,
                                                       const Options& options) {
  std::unique_ptr<Archive> archive(new Archive(Layout(folder), options));
  std::error_code error;
  if (!fs::exists(folder, error)) return NoArchive(folder, "doesn't exist");
  const auto marker = base::ReadFile(archive->layout_.marker(), kMarkerText.size() * 4);
  if (absl::IsNotFound(marker.status())) return NoArchive(folder, "is not an archive of verbatim");
  VB_RETURN_IF_ERROR(marker.status());
  if (*marker != kMarkerText) {
    return absl::FailedPreconditionError(absl::StrCat(
        folder.string(), " says of itself '", marker->substr(0, marker->find('\n')),
        "', this verbatim reads '", std::string(kMarkerText.substr(0, kMarkerText.size() - 1)),
        "': use the verbatim that made it, or a later one"));
  }
  const auto mode =
      options.access == Access::kWrite ? store::Mode::kReadWrite : store::Mode::kReadOnly;
  auto log = log::EventLog::Open(archive->layout_.log(),
                                 {.mode = mode, .clock = options.clock, .random = options.random});
  if (absl::IsNotFound(log.status())) {
    return absl::DataLossError(
        absl::StrCat(folder.string(), " is an archive whose log is gone: restore a backup"));
  }
  VB_RETURN_IF_ERROR(log.status());
  archive->log_ = *std::move(log);
  VB_RETURN_IF_ERROR(archive->Refresh());
  VB_RETURN_IF_ERROR(FinishErasure(archive->layout_, *archive->log_));
  VB_RETURN_IF_ERROR(RegisterNewTypes(*archive));
  return archive;
}

absl::Status Archive::Refresh() {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, log_->Read());
  VB_ASSIGN_OR_RETURN(catalog_, Catalog::Read(snapshot));
  // The first set holds the types that are compiled in.
  for (size_t i = 1; i < catalog_.schemas().size(); ++i) {
    VB_RETURN_IF_ERROR(registry_.Add(catalog_.schemas()[i]).status());
  }
  return absl::OkStatus();
}

article::EventMaker Archive::Events() const {
  return {*options_.clock, *options_.random, article::ToolActor("verbatim", VERBATIM_VERSION),
          NewCorrelation()};
}

absl::Status Archive::AppendToCatalog(std::vector<log::NewEvent> events) {
  log::Unit unit;
  unit.events = std::move(events);
  const std::string stream(kArchiveStream);
  unit.expects.push_back(catalog_.events() == 0
                             ? log::Expect::None(stream)
                             : log::Expect::Exact(stream, catalog_.events() - 1));
  VB_RETURN_IF_ERROR(log_->Append(std::move(unit)).status());
  return Refresh();
}

}  // namespace verbatim::archive
