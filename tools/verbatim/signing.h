// SPDX-License-Identifier: Apache-2.0
// What the verbs that sign say of the key that they sign with.
#ifndef VERBATIM_TOOLS_VERBATIM_SIGNING_H_
#define VERBATIM_TOOLS_VERBATIM_SIGNING_H_

#include "core/archive/signing.h"
#include "tools/verbatim/cli.h"

namespace verbatim::tool {

// On stderr: that a key was made, or adopted, or lies open.
void SayOfKey(const Cli& cli, const archive::Archive& archive,
              const archive::SignedCheckpoint& made);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_SIGNING_H_
