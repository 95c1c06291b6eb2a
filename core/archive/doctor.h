// SPDX-License-Identifier: Apache-2.0
// What is wrong with an archive, and what to do: a row a check. Looks, and changes nothing that
// opening an archive doesn't change, unless an option says so. Works on what cannot be opened.
//
//   for (const Diagnosis& row : Examine(folder, options, {})) Print(row);
#ifndef VERBATIM_CORE_ARCHIVE_DOCTOR_H_
#define VERBATIM_CORE_ARCHIVE_DOCTOR_H_

#include <filesystem>
#include <string>
#include <vector>

#include "core/archive/archive.h"

namespace verbatim::archive {

enum class Health {
  kGood,
  kNote,   // nothing is broken; worth knowing
  kWrong,  // something has to be done
  kFixed,  // was wrong, and was put right just now
  kGrave,  // the archive can't be used as it is
};

// "good", "note", "wrong", "fixed", "grave".
std::string_view ToText(Health health);

struct Diagnosis {
  std::string check;  // log indexes readers space views plugins sandbox keys leftovers lock
  Health health = Health::kGood;
  std::string what;
  std::string way_out = {};  // what to do; empty when nothing is to be done
};

struct DoctorOptions {
  bool rebuild_indexes = false;   // of the log, from its events
  bool remove_leftovers = false;  // temporary folders and files of processes that are no more
  bool full = false;              // every body and index entry is looked at
};

std::vector<Diagnosis> Examine(const std::filesystem::path& folder, const Options& options,
                               const DoctorOptions& doctor);

// What processes that are no more left in the archive, and beside it.
std::vector<std::filesystem::path> Leftovers(const std::filesystem::path& folder);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_DOCTOR_H_
