// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/disk.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>

#include "core/base/check.h"

namespace verbatim::faults {
namespace fs = std::filesystem;
namespace {

constexpr uint64_t kSectorBytes = 512;

std::string SectorOf(const std::string& bytes, uint64_t sector) {
  const uint64_t begin = sector * kSectorBytes;
  std::string part = begin < bytes.size() ? bytes.substr(begin, kSectorBytes) : std::string();
  part.resize(kSectorBytes, '\0');
  return part;
}

void PutSector(std::string& bytes, uint64_t sector, const std::string& part, uint64_t end) {
  const uint64_t begin = sector * kSectorBytes;
  const uint64_t size = std::min(kSectorBytes, end - begin);
  if (bytes.size() < begin + size) bytes.resize(begin + size, '\0');
  bytes.replace(begin, size, part, 0, size);
}

}  // namespace

std::vector<TraceEntry> ReadTrace(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream whole;
  whole << in.rdbuf();
  const std::string bytes = whole.str();
  std::vector<TraceEntry> entries;
  for (size_t at = 0; at < bytes.size();) {
    TraceEntry entry;
    VB_CHECK(bytes.size() - at >= sizeof entry.head, "a record of the shim");
    std::memcpy(&entry.head, bytes.data() + at, sizeof entry.head);
    at += sizeof entry.head;
    VB_CHECK(bytes.size() - at >= uint64_t{entry.head.path_bytes} + entry.head.data_bytes,
             "a whole record of the shim");
    entry.path = bytes.substr(at, entry.head.path_bytes);
    at += entry.head.path_bytes;
    entry.data = bytes.substr(at, entry.head.data_bytes);
    at += entry.head.data_bytes;
    entries.push_back(std::move(entry));
  }
  return entries;
}

void Disk::Write(File& file, const TraceEntry& entry) {
  const uint64_t begin = entry.head.begin_byte;
  const uint64_t end = begin + entry.data.size();
  if (file.now.size() < end) file.now.resize(end, '\0');
  file.now.replace(begin, entry.data.size(), entry.data);
  for (uint64_t sector = begin / kSectorBytes; sector * kSectorBytes < end; ++sector) {
    if (entry.head.durable != 0) {
      PutSector(file.durable, sector, SectorOf(file.now, sector), file.now.size());
      file.pending.erase(sector);
    } else {
      file.pending[sector].push_back(SectorOf(file.now, sector));
    }
  }
}

void Disk::Resize(File& file, uint64_t bytes) {
  for (uint64_t sector = bytes / kSectorBytes; sector * kSectorBytes < file.now.size(); ++sector) {
    file.pending[sector].push_back(std::string(kSectorBytes, '\0'));
  }
  file.now.resize(bytes, '\0');
}

void Disk::Rename(Names& names, const TraceEntry& entry) {
  const auto within = [](const std::string& path, const std::string& folder) {
    return path == folder || path.compare(0, folder.size() + 1, folder + "/") == 0;
  };
  std::erase_if(names, [&](const auto& name) { return within(name.first, entry.data); });
  Names moved;
  for (const auto& [path, file] : names) {
    if (within(path, entry.path)) moved[entry.data + path.substr(entry.path.size())] = file;
  }
  std::erase_if(names, [&](const auto& name) { return within(name.first, entry.path); });
  names.merge(moved);
}

void Disk::Apply(const TraceEntry& entry) {
  using Kind = TraceHead::Kind;
  File* file = entry.head.file == 0 ? nullptr : &files_[entry.head.file];
  switch (entry.head.kind) {
    case Kind::kWrite:
      Write(*file, entry);
      break;
    case Kind::kResize:
      Resize(*file, entry.head.begin_byte);
      break;
    case Kind::kFlush:
      file->durable = file->now;
      file->pending.clear();
      break;
    case Kind::kCreate:
      *file = File();  // an inode may be given again
      pending_names_.push_back(entry);
      break;
    case Kind::kRename:
    case Kind::kUnlink:
    case Kind::kMakeFolder:
      pending_names_.push_back(entry);
      break;
    case Kind::kFolder:
      for (const TraceEntry& pending : pending_names_) Name(durable_names_, pending);
      pending_names_.clear();
      break;
    case Kind::kSaid:
      break;
  }
}

void Disk::Name(Names& names, const TraceEntry& entry) {
  using Kind = TraceHead::Kind;
  if (entry.head.kind == Kind::kCreate) names[entry.path] = entry.head.file;
  if (entry.head.kind == Kind::kMakeFolder) names[entry.path] = 0;
  if (entry.head.kind == Kind::kUnlink) names.erase(entry.path);
  if (entry.head.kind == Kind::kRename) Rename(names, entry);
}

std::string Disk::Left(const File& file, double share, std::mt19937_64& random) {
  std::string left = file.durable;
  std::bernoulli_distribution arrives(share);
  for (const auto& [sector, versions] : file.pending) {
    if (!arrives(random)) continue;
    // The last version twice as likely: most arrive in order.
    const uint64_t which = random() % (versions.size() + 1);
    const std::string& version = versions[std::min<uint64_t>(which, versions.size() - 1)];
    const uint64_t end = std::max(file.now.size(), left.size());
    if (sector * kSectorBytes < end) PutSector(left, sector, version, end);
  }
  // The size may have arrived before the data.
  if (left.size() < file.now.size() && random() % 2 == 0) left.resize(file.now.size(), '\0');
  return left;
}

void Disk::Put(const fs::path& from, const fs::path& to, const std::string& name,
               const std::string* bytes) {
  const fs::path path = to / fs::path(name).lexically_relative(from);
  if (bytes == nullptr) {
    fs::create_directories(path);
    return;
  }
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << *bytes;
}

void Disk::Cut(const fs::path& from, const fs::path& to, std::mt19937_64& random) const {
  Names names = durable_names_;
  const uint64_t arrived = random() % (pending_names_.size() + 1);
  for (uint64_t i = 0; i < arrived; ++i) Name(names, pending_names_[i]);
  // Nothing, nearly all, or a half of what was on its way.
  const double shares[] = {0.0, 0.5, 0.1, 0.9, 1.0};
  const double share = shares[random() % std::size(shares)];
  for (const auto& [name, number] : names) {
    const auto file = files_.find(number);
    if (number == 0 || file == files_.end()) {
      Put(from, to, name, nullptr);
    } else {
      const std::string left = Left(file->second, share, random);
      Put(from, to, name, &left);
    }
  }
}

void Disk::Settle(const fs::path& from, const fs::path& to) const {
  Names names = durable_names_;
  for (const TraceEntry& pending : pending_names_) Name(names, pending);
  for (const auto& [name, number] : names) {
    const auto file = files_.find(number);
    Put(from, to, name, number == 0 || file == files_.end() ? nullptr : &file->second.now);
  }
}

}  // namespace verbatim::faults
