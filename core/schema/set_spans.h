// SPDX-License-Identifier: Apache-2.0
// Setting the fields of a message that hold places in a text.
#ifndef VERBATIM_CORE_SCHEMA_SET_SPANS_H_
#define VERBATIM_CORE_SCHEMA_SET_SPANS_H_

#include <vector>

#include "core/schema/fields.h"

namespace verbatim::schema {

// Does the path end in a verbatim.v1.TextSpan, or a list of them?
bool IsSpanField(const FieldPath& path);

// Sets a field that IsSpanField holds of; one that is no list takes one span, or none, which clears
// it. kInvalidArgument: more than one.
absl::Status SetSpans(Message* message, const FieldPath& path,
                      const std::vector<text::Span>& spans);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_SET_SPANS_H_
