// SPDX-License-Identifier: Apache-2.0
#include "core/schema/registry.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <map>
#include <set>

#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/archive.pb.h"
#include "verbatim/v1/article.pb.h"
#include "verbatim/v1/date.pb.h"
#include "verbatim/v1/desk.pb.h"
#include "verbatim/v1/event.pb.h"
#include "verbatim/v1/note.pb.h"
#include "verbatim/v1/plugin.pb.h"
#include "verbatim/v1/quote.pb.h"
#include "verbatim/v1/speaker.pb.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::schema {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::DescriptorProto;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;

void ClearJsonNames(DescriptorProto* message) {
  for (auto& field : *message->mutable_field()) field.clear_json_name();
  for (auto& extension : *message->mutable_extension()) extension.clear_json_name();
  for (auto& nested : *message->mutable_nested_type()) ClearJsonNames(&nested);
}

void NormaliseFile(FileDescriptorProto* file) {
  file->clear_source_code_info();
  for (auto& message : *file->mutable_message_type()) ClearJsonNames(&message);
  for (auto& extension : *file->mutable_extension()) extension.clear_json_name();
}

// Maps and unknown fields in a fixed order, so that equal sets give equal bytes.
std::string SerializeDeterministically(const Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

using Files = std::map<std::string, FileDescriptorProto>;

std::string BytesOf(const Files& files) {
  FileDescriptorSet set;
  for (const auto& [name, file] : files) *set.add_file() = file;
  return SerializeDeterministically(set);
}

absl::StatusOr<Files> ParseFiles(std::string_view descriptor_set) {
  FileDescriptorSet set;
  if (!set.ParseFromArray(descriptor_set.data(), static_cast<int>(descriptor_set.size()))) {
    return absl::InvalidArgumentError("these bytes are no descriptor set");
  }
  Files files;
  for (auto& file : *set.mutable_file()) {
    NormaliseFile(&file);
    const auto [at, added] = files.try_emplace(file.name(), file);
    if (!added && at->second.SerializeAsString() != file.SerializeAsString()) {
      return absl::InvalidArgumentError(
          fmt::format("the descriptor set has two different files named {}", file.name()));
    }
  }
  return files;
}

void AddWithImports(const FileDescriptor& file, Files* files) {
  if (files->contains(file.name())) return;
  FileDescriptorProto proto;
  file.CopyTo(&proto);
  NormaliseFile(&proto);
  files->emplace(file.name(), std::move(proto));
  for (int i = 0; i < file.dependency_count(); ++i) AddWithImports(*file.dependency(i), files);
}

// What a set leaves out because everybody has it.
void AddMissingImports(Files* files) {
  std::vector<std::string> missing;
  for (const auto& [name, file] : *files) {
    for (const auto& import : file.dependency()) {
      if (!files->contains(import)) missing.push_back(import);
    }
  }
  for (const auto& import : missing) {
    const auto* compiled = DescriptorPool::generated_pool()->FindFileByName(import);
    if (compiled != nullptr) AddWithImports(*compiled, files);
  }
}

// A static library's protos are registered only where something names them.
void LinkCompiledTypes() {
  static_cast<void>(v1::EventHeader::descriptor());
  static_cast<void>(v1::ArticleIngested::descriptor());
  static_cast<void>(v1::AnnotationAdded::descriptor());
  static_cast<void>(v1::ArchiveCreated::descriptor());
  static_cast<void>(v1::TemporalExpression::descriptor());
  static_cast<void>(v1::Quote::descriptor());
  static_cast<void>(v1::Note::descriptor());
  static_cast<void>(v1::DecisionPulled::descriptor());
  static_cast<void>(v1::SpeakerAliased::descriptor());
  static_cast<void>(v1::PluginManifest::descriptor());
  static_cast<void>(v1::ViewBuild::descriptor());
}

// Gathers what the pool finds wrong with a set.
class Complaints : public DescriptorPool::ErrorCollector {
 public:
  void AddError(const std::string& file, const std::string& element, const Message* /*descriptor*/,
                ErrorLocation /*location*/, const std::string& message) override {
    if (text_.empty()) text_ = fmt::format("{}: {}: {}", file, element, message);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

absl::Status NotAMessage(std::string_view type) {
  return absl::DataLossError(fmt::format("these bytes are no {}", type));
}

void ClearIgnored(Message* message, const std::set<std::string, std::less<>>& ignored) {
  const auto* reflection = message->GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(*message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (ignored.contains(field->full_name())) {
      reflection->ClearField(message, field);
    } else if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      continue;
    } else if (field->is_repeated()) {
      for (int i = 0; i < reflection->FieldSize(*message, field); ++i) {
        ClearIgnored(reflection->MutableRepeatedMessage(message, field, i), ignored);
      }
    } else {
      ClearIgnored(reflection->MutableMessage(message, field), ignored);
    }
  }
}

}  // namespace

struct TypeSet::Pool {
  Files files;
  base::Digest digest;
  DescriptorPool pool;
  google::protobuf::DynamicMessageFactory factory{&pool};

  // Takes the files into the pool, imports before what imports them: it knows no other order.
  absl::Status Build() {
    std::set<std::string> built;
    for (bool progress = true; progress;) {
      progress = false;
      for (const auto& [name, file] : files) {
        const auto& imports = file.dependency();
        const bool ready = std::all_of(imports.begin(), imports.end(),
                                       [&](const auto& import) { return built.contains(import); });
        if (built.contains(name) || !ready) continue;
        Complaints complaints;
        if (pool.BuildFileCollectingErrors(file, &complaints) == nullptr) {
          return absl::InvalidArgumentError(fmt::format("descriptor set: {}", complaints.text()));
        }
        built.insert(name);
        progress = true;
      }
    }
    for (const auto& [name, file] : files) {
      if (built.contains(name)) continue;
      return absl::InvalidArgumentError(
          fmt::format("descriptor set: {} imports a file that is not in the set", name));
    }
    return absl::OkStatus();
  }
};

absl::StatusOr<std::string> Normalise(std::string_view descriptor_set) {
  VB_ASSIGN_OR_RETURN(const Files files, ParseFiles(descriptor_set));
  return BytesOf(files);
}

TypeSet::TypeSet(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}
TypeSet::~TypeSet() = default;

const base::Digest& TypeSet::digest() const { return pool_->digest; }

const Descriptor* TypeSet::Find(std::string_view type) const {
  return pool_->pool.FindMessageTypeByName(std::string(type));
}

MessagePtr TypeSet::New(const Descriptor* type) const {
  return MessagePtr(pool_->factory.GetPrototype(type)->New());
}

absl::StatusOr<MessagePtr> TypeSet::Parse(std::string_view type, std::string_view bytes) const {
  const Descriptor* descriptor = Find(type);
  if (descriptor == nullptr) {
    return absl::NotFoundError(fmt::format("no type {} among these descriptors", type));
  }
  MessagePtr message = New(descriptor);
  if (!message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return NotAMessage(type);
  }
  return message;
}

Registry::Registry() { LinkCompiledTypes(); }
Registry::~Registry() = default;

absl::StatusOr<const TypeSet*> Registry::Add(std::string_view descriptor_set) {
  VB_ASSIGN_OR_RETURN(Files files, ParseFiles(descriptor_set));
  const base::Digest digest = base::Sha256(BytesOf(files));
  const std::lock_guard lock(mutex_);
  for (const auto& set : sets_) {
    if (set->digest() == digest) return set.get();
  }
  AddMissingImports(&files);
  auto pool = std::make_unique<TypeSet::Pool>();
  pool->files = std::move(files);
  pool->digest = digest;
  VB_RETURN_IF_ERROR(pool->Build());
  sets_.push_back(std::unique_ptr<TypeSet>(new TypeSet(std::move(pool))));
  return sets_.back().get();
}

const Descriptor* Registry::FindMessage(std::string_view type) const {
  const Descriptor* compiled =
      DescriptorPool::generated_pool()->FindMessageTypeByName(std::string(type));
  if (compiled != nullptr) return compiled;
  const std::lock_guard lock(mutex_);
  for (auto set = sets_.rbegin(); set != sets_.rend(); ++set) {
    if (const Descriptor* found = (*set)->Find(type); found != nullptr) return found;
  }
  return nullptr;
}

absl::StatusOr<MessagePtr> Registry::New(std::string_view type) const {
  const Descriptor* compiled =
      DescriptorPool::generated_pool()->FindMessageTypeByName(std::string(type));
  if (compiled != nullptr) {
    return MessagePtr(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(compiled)->New());
  }
  const std::lock_guard lock(mutex_);
  for (auto set = sets_.rbegin(); set != sets_.rend(); ++set) {
    if (const Descriptor* found = (*set)->Find(type); found != nullptr) return (*set)->New(found);
  }
  return absl::NotFoundError(fmt::format("no type {} is known here", type));
}

absl::StatusOr<MessagePtr> Registry::Parse(std::string_view type, std::string_view bytes) const {
  VB_ASSIGN_OR_RETURN(MessagePtr message, New(type));
  if (!message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return NotAMessage(type);
  }
  return message;
}

absl::StatusOr<std::string> Registry::DescriptorsFor(const std::vector<std::string>& types) const {
  Files files;
  for (const auto& type : types) {
    const Descriptor* descriptor = FindMessage(type);
    if (descriptor == nullptr) {
      return absl::NotFoundError(fmt::format("no type {} is known here", type));
    }
    AddWithImports(*descriptor->file(), &files);
  }
  return BytesOf(files);
}

bool Registry::EqualBodies(std::string_view type, std::string_view a, std::string_view b,
                           const std::vector<std::string>& ignored) const {
  if (a == b) return true;
  const auto first = Parse(type, a);
  const auto second = Parse(type, b);
  if (!first.ok() || !second.ok()) return false;
  const std::set<std::string, std::less<>> names(ignored.begin(), ignored.end());
  ClearIgnored(first->get(), names);
  ClearIgnored(second->get(), names);
  return SerializeDeterministically(**first) == SerializeDeterministically(**second);
}

}  // namespace verbatim::schema
