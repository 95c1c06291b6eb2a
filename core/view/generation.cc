// SPDX-License-Identifier: Apache-2.0
#include "core/view/generation.h"

#include <fmt/format.h>

#include "core/base/limits.h"
#include "core/base/sha256.h"
#include "core/view/row_format.h"

namespace verbatim::view {
namespace {

// Parts with their lengths before them, so that no two lists of parts are one text.
class FingerprintText {
 public:
  void Part(std::string_view bytes) {
    text_.append(fmt::format("{}:", bytes.size())).append(bytes);
  }
  void Part(uint64_t number) { Part(std::to_string(number)); }
  std::string Digest() const { return base::ToString(base::Sha256(text_)); }

 private:
  std::string text_;
};

absl::Status CheckTables(const v1::ViewManifest& manifest) {
  const auto tables = static_cast<uint32_t>(manifest.tables_size());
  if (tables >= 1 && tables <= limits::kViewTablesMax) return absl::OkStatus();
  return absl::InvalidArgumentError(fmt::format("view {} has {} tables: it takes 1 to {}",
                                                manifest.name(), tables, limits::kViewTablesMax));
}

store::Sync SyncOf(Durability durability) {
  return durability == Durability::kLive ? store::Sync::kNoMetaSync : store::Sync::kNoSync;
}

}  // namespace

std::string Fingerprint(const v1::ViewBuild& build) {
  const v1::ViewManifest& manifest = build.manifest();
  FingerprintText text;
  text.Part(build.plugin());
  text.Part(build.plugin_version());
  text.Part(build.code_sha256());
  text.Part(build.config_sha256());
  text.Part(manifest.name());
  text.Part(manifest.schema_version());
  text.Part(static_cast<uint64_t>(manifest.subscribes_size()));
  for (const auto& type : manifest.subscribes()) text.Part(type);
  text.Part(static_cast<uint64_t>(manifest.annotation_types_size()));
  for (const auto& type : manifest.annotation_types()) text.Part(type);
  text.Part(static_cast<uint64_t>(manifest.tables_size()));
  for (const v1::Table& table : manifest.tables()) {
    text.Part(table.name());
    text.Part(table.row_type());
    text.Part(table.history() == v1::Table::HISTORY_LATEST ? 1 : 0);
  }
  text.Part(build.descriptors());
  return text.Digest();
}

absl::StatusOr<std::unique_ptr<Generation>> Generation::Create(const std::filesystem::path& folder,
                                                               v1::ViewBuild build,
                                                               Durability durability) {
  VB_RETURN_IF_ERROR(CheckTables(build.manifest()));
  store::EnvOptions options;
  options.sync = SyncOf(durability);
  VB_ASSIGN_OR_RETURN(std::unique_ptr<store::Env> env, store::Env::Open(folder, options));
  std::unique_ptr<Generation> generation(new Generation(std::move(env)));
  VB_RETURN_IF_ERROR(generation->OpenDbs());
  build.set_fingerprint(Fingerprint(build));
  generation->build_ = std::move(build);

  v1::ViewCheckpoint checkpoint;
  checkpoint.set_fingerprint(generation->build_.fingerprint());
  checkpoint.set_digest(DigestSum().bytes());
  VB_ASSIGN_OR_RETURN(store::WriteTxn txn, generation->env_->BeginWrite());
  const absl::Status inserted = txn.Insert(generation->meta_, kMetaFormat, kFormat);
  if (absl::IsAlreadyExists(inserted)) {
    return absl::AlreadyExistsError(fmt::format("{} holds a generation already", folder.string()));
  }
  VB_RETURN_IF_ERROR(inserted);
  VB_RETURN_IF_ERROR(
      txn.Put(generation->meta_, kMetaBuild, generation->build_.SerializeAsString()));
  VB_RETURN_IF_ERROR(txn.Put(generation->meta_, kMetaCheckpoint, checkpoint.SerializeAsString()));
  VB_RETURN_IF_ERROR(txn.Commit());
  return generation;
}

absl::StatusOr<std::unique_ptr<Generation>> Generation::Open(const std::filesystem::path& folder,
                                                             store::Mode mode,
                                                             Durability durability) {
  if (std::error_code error; !std::filesystem::exists(folder / "data.mdb", error)) {
    return absl::NotFoundError(fmt::format("{} holds no generation", folder.string()));
  }
  store::EnvOptions options;
  options.mode = mode;
  options.sync = SyncOf(durability);
  options.create = false;
  VB_ASSIGN_OR_RETURN(std::unique_ptr<store::Env> env, store::Env::Open(folder, options));
  std::unique_ptr<Generation> generation(new Generation(std::move(env)));
  VB_RETURN_IF_ERROR(generation->OpenDbs());
  VB_ASSIGN_OR_RETURN(const store::ReadTxn txn, generation->env_->BeginRead());
  VB_ASSIGN_OR_RETURN(const auto format, txn.Find(generation->meta_, kMetaFormat));
  VB_ASSIGN_OR_RETURN(const auto build, txn.Find(generation->meta_, kMetaBuild));
  if (!format || !build) return Damaged("build");
  if (*format != kFormat) {
    return absl::FailedPreconditionError(
        fmt::format("{} has format {}, this verbatim reads {}: build it again with `verbatim "
                    "replay`, or upgrade verbatim",
                    folder.string(), *format, kFormat));
  }
  if (!generation->build_.ParseFromArray(build->data(), static_cast<int>(build->size()))) {
    return Damaged("build");
  }
  return generation;
}

absl::Status Generation::OpenDbs() {
  VB_ASSIGN_OR_RETURN(
      const std::vector<store::Db> dbs,
      env_->OpenDbs({std::string(kRowsDb), std::string(kHistoryDb), std::string(kMetaDb)}));
  rows_ = dbs[0];
  history_ = dbs[1];
  meta_ = dbs[2];
  return absl::OkStatus();
}

absl::StatusOr<uint32_t> Generation::TableNamed(std::string_view name) const {
  std::string names;
  for (uint32_t i = 0; i < tables(); ++i) {
    const v1::Table& table = manifest().tables(static_cast<int>(i));
    if (table.name() == name) return i;
    names.append(names.empty() ? "" : ", ").append(table.name());
  }
  return absl::NotFoundError(
      fmt::format("view {} has no table {}: it has {}", manifest().name(), name, names));
}

bool Generation::KeepsHistory(uint32_t table) const {
  return manifest().tables(static_cast<int>(table)).history() != v1::Table::HISTORY_LATEST;
}

absl::StatusOr<v1::ViewCheckpoint> Generation::ReadCheckpoint(const store::Txn& txn) const {
  VB_ASSIGN_OR_RETURN(const auto bytes, txn.Find(meta_, kMetaCheckpoint));
  v1::ViewCheckpoint checkpoint;
  if (!bytes || !checkpoint.ParseFromArray(bytes->data(), static_cast<int>(bytes->size()))) {
    return Damaged("checkpoint");
  }
  return checkpoint;
}

absl::StatusOr<v1::ViewCheckpoint> Generation::Checkpoint() const {
  VB_ASSIGN_OR_RETURN(const store::ReadTxn txn, env_->BeginRead());
  return ReadCheckpoint(txn);
}

absl::StatusOr<Reader> Generation::Read() const {
  VB_ASSIGN_OR_RETURN(store::ReadTxn txn, env_->BeginRead());
  Reader reader(this, std::move(txn));
  VB_ASSIGN_OR_RETURN(reader.checkpoint_, ReadCheckpoint(reader.txn_));
  return reader;
}

}  // namespace verbatim::view
