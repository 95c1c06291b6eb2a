// SPDX-License-Identifier: Apache-2.0
// The plugin's one entry.
#include "revisions_view.h"
#include "statements_view.h"

VERBATIM_PLUGIN(verbatim::ViewRole<verbatim::statements::StatementsView>("statements"),
                verbatim::ViewRole<verbatim::statements::RevisionsView>("revisions"));
