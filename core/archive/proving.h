// SPDX-License-Identifier: Apache-2.0
// Makes proof bundles (core/merkle/bundle.h) of what a log holds: one event, every event of an
// annotation with the texts and captured bytes that it rests on, or every event of an article.
//
//   VB_ASSIGN_OR_RETURN(const Proved proved, Prove(*archive, thing, {}));
#ifndef VERBATIM_CORE_ARCHIVE_PROVING_H_
#define VERBATIM_CORE_ARCHIVE_PROVING_H_

#include <string>

#include "core/archive/archive.h"
#include "core/archive/signing.h"
#include "core/audit/resolve.h"
#include "core/base/status.h"

namespace verbatim::archive {

struct ProveOptions {
  bool bodies = true;  // else headers alone
};

struct Proved {
  std::string text;
  size_t events = 0;
  SignedCheckpoint checkpoint;
};

// The bundle, under the newest kept checkpoint that covers all its events; where none does, one is
// made (MakeCheckpoint), for which the archive must be open for writing. A body that was erased is
// given as erased, with the event that erased it. kResourceExhausted when the bundle would be too
// large to be read again, kDataLoss when the log is damaged there.
absl::StatusOr<Proved> Prove(Archive& archive, const audit::Resolved& thing,
                             const ProveOptions& options);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_PROVING_H_
