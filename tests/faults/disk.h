// SPDX-License-Identifier: Apache-2.0
// A disk that loses its power: replays what the shim recorded, knows what was flushed and what was
// not, and writes the files as they may lie there after a cut.
//
// The model: a flush makes a file's data and size durable; a write to an O_DSYNC file is durable
// when it returns. Of what was written and not flushed, any subset of 512-byte sectors may have
// arrived, each in any of its versions. Names (made, renamed, removed) arrive in their order, at
// least up to the last flush of a folder.
#ifndef VERBATIM_TESTS_FAULTS_DISK_H_
#define VERBATIM_TESTS_FAULTS_DISK_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/faults/shim.h"

namespace verbatim::faults {

struct TraceEntry {
  TraceHead head;
  std::string path;
  std::string data;
};

// The whole record; dies on a file that is none.
std::vector<TraceEntry> ReadTrace(const std::filesystem::path& file);

class Disk {
 public:
  // Entries in their order.
  void Apply(const TraceEntry& entry);

  // Writes to `to` what a cut at this moment leaves of what was recorded under `from`.
  void Cut(const std::filesystem::path& from, const std::filesystem::path& to,
           std::mt19937_64& random) const;
  // The same when everything arrives.
  void Settle(const std::filesystem::path& from, const std::filesystem::path& to) const;

 private:
  struct File {
    std::string now;
    std::string durable;
    // What a sector was after each write since the last flush, oldest first.
    std::map<uint64_t, std::vector<std::string>> pending;
  };
  using Names = std::map<std::string, uint64_t>;  // path to inode; 0: a folder

  static void Write(File& file, const TraceEntry& entry);
  static void Resize(File& file, uint64_t bytes);
  static void Name(Names& names, const TraceEntry& entry);
  static void Rename(Names& names, const TraceEntry& entry);
  static std::string Left(const File& file, double share, std::mt19937_64& random);
  static void Put(const std::filesystem::path& from, const std::filesystem::path& to,
                  const std::string& name, const std::string* bytes);

  std::map<uint64_t, File> files_;
  Names durable_names_;
  std::vector<TraceEntry> pending_names_;
};

}  // namespace verbatim::faults

#endif  // VERBATIM_TESTS_FAULTS_DISK_H_
