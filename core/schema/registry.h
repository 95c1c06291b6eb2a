// SPDX-License-Identifier: Apache-2.0
// Every message type that an archive meets: those compiled in, and those of plugins, known by their
// descriptors alone. Each descriptor set lives in a pool of its own, so that two plugins (or two
// builds of one) may disagree about a file of one name without either noticing. The only room that
// makes messages of types that were not compiled in.
//
//   Registry registry;
//   VB_ASSIGN_OR_RETURN(const TypeSet* rows, registry.Add(build.descriptors()));
//   VB_ASSIGN_OR_RETURN(MessagePtr row, rows->Parse("verbatim.v1.QuoteRow", bytes));
#ifndef VERBATIM_CORE_SCHEMA_REGISTRY_H_
#define VERBATIM_CORE_SCHEMA_REGISTRY_H_

#include <google/protobuf/message.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/sha256.h"
#include "core/base/status.h"

namespace verbatim::schema {

using Descriptor = google::protobuf::Descriptor;
using Message = google::protobuf::Message;
using MessagePtr = std::unique_ptr<Message>;

// The same FileDescriptorSet in the one form that is digested and stored: json names and source
// locations cleared, each file once, sorted by name. Whether protoc or a pool wrote it no longer
// shows. kInvalidArgument when the bytes are no descriptor set.
absl::StatusOr<std::string> Normalise(std::string_view descriptor_set);

// The types of one descriptor set. Lives as long as its registry; safe from several threads.
class TypeSet {
 public:
  ~TypeSet();
  TypeSet(const TypeSet&) = delete;
  TypeSet& operator=(const TypeSet&) = delete;

  // By full name; nullptr when the set doesn't have it.
  const Descriptor* Find(std::string_view type) const;
  // kNotFound: no such type; kDataLoss: the bytes are no such message.
  absl::StatusOr<MessagePtr> Parse(std::string_view type, std::string_view bytes) const;
  MessagePtr New(const Descriptor* type) const;
  // SHA-256 of the normalised set.
  const base::Digest& digest() const;

 private:
  friend class Registry;
  struct Pool;
  explicit TypeSet(std::unique_ptr<Pool> pool);
  std::unique_ptr<Pool> pool_;
};

// Safe from several threads. What it gives out lives as long as it does.
class Registry {
 public:
  Registry();
  ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  // Takes a set in; the same set again gives the same TypeSet. Imports that the set lacks are taken
  // from the compiled ones. kInvalidArgument names what doesn't fit together.
  absl::StatusOr<const TypeSet*> Add(std::string_view descriptor_set);

  // Compiled types first, then the set added last that has it. nullptr: nobody knows the type.
  const Descriptor* FindMessage(std::string_view type) const;
  bool Knows(std::string_view type) const { return FindMessage(type) != nullptr; }

  // A message of any known type: kNotFound, kDataLoss as in TypeSet.
  absl::StatusOr<MessagePtr> Parse(std::string_view type, std::string_view bytes) const;
  absl::StatusOr<MessagePtr> New(std::string_view type) const;

  // The files that define these types and all that they import, normalised: what SchemaRegistered
  // and ViewBuild carry. kNotFound names a type that nobody knows.
  absl::StatusOr<std::string> DescriptorsFor(const std::vector<std::string>& types) const;

  // Do two serialized bodies of one type say the same? `ignored` holds full names of fields
  // ("verbatim.v1.Quote.rule"), at any depth, that aren't part of the value. Of an unknown type, or
  // when one can't be parsed: equal bytes.
  bool EqualBodies(std::string_view type, std::string_view a, std::string_view b,
                   const std::vector<std::string>& ignored) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<TypeSet>> sets_;
};

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_REGISTRY_H_
