// SPDX-License-Identifier: Apache-2.0
// Who a person at the command line is.
#ifndef VERBATIM_TOOLS_VERBATIM_PERSON_H_
#define VERBATIM_TOOLS_VERBATIM_PERSON_H_

#include "core/archive/archive.h"
#include "tools/verbatim/cli.h"
#include "verbatim/v1/event.pb.h"

namespace verbatim::tool {

// --as, else the archive's user.name, else $USER, else "unknown".
v1::Actor PersonActor(const Cli& cli, const archive::Archive& archive);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_PERSON_H_
