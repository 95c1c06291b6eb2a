// SPDX-License-Identifier: Apache-2.0
// What may never change in a proto that events are written by: a line a fact. proto/baseline.txt
// holds those of the release; proto/README.md says the rules.
//
//   message verbatim.v1.TextSpan
//   field verbatim.v1.TextSpan 1 begin_byte uint32
//   enum verbatim.v1.DatedValue.Basis
//   value verbatim.v1.DatedValue.Basis 1 BASIS_GIVEN
//   reserved verbatim.v1.TextSpan 9
#ifndef VERBATIM_TESTS_PROTO_FACTS_H_
#define VERBATIM_TESTS_PROTO_FACTS_H_

#include <google/protobuf/descriptor.h>

#include <set>
#include <string>
#include <vector>

namespace verbatim::testing {

using Facts = std::set<std::string>;

// Of every message and enum of the file.
Facts FactsOf(const google::protobuf::FileDescriptor& file);

// What today's protos break of the baseline, a line each with the way out; empty: nothing. Facts
// may come. A field or value may go when its number and its name are reserved.
std::vector<std::string> Breaks(const Facts& baseline, const Facts& today);

}  // namespace verbatim::testing

#endif  // VERBATIM_TESTS_PROTO_FACTS_H_
