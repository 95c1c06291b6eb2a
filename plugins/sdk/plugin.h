// SPDX-License-Identifier: Apache-2.0
// Write a plugin in C++17. Header only: everything here is compiled into the plugin, so that no C++
// type crosses to the host. plugins/README.md is the guide.
//
//   class Shouts : public verbatim::Annotator {
//    public:
//     Shouts(verbatim::Host host, std::string_view config) {}
//     void Annotate(std::string_view request, const verbatim::Emit& emit) override {
//       auto in = verbatim::Parse<verbatim::v1::AnnotateRequest>(request);
//       ... verbatim::EmitMessage(emit, proposal);
//     }
//   };
//   VERBATIM_PLUGIN(verbatim::AnnotatorRole<Shouts>("shouts"))
//
// Trouble is thrown. BadInput: this article or event can't be digested, the next one may. Any other
// exception: the instance is done for, and the host makes a new one. No exception gets past the
// boundary.
#ifndef VERBATIM_PLUGIN_H_
#define VERBATIM_PLUGIN_H_

#include <cxxabi.h>

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>

#include "verbatim/plugin_abi.h"

namespace verbatim {

struct BadInput : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The host wants no more of this call: let it pass through.
struct Cancelled : std::runtime_error {
  Cancelled() : std::runtime_error("cancelled by the host") {}
};

inline vb_bytes ToAbi(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

// Borrows what `bytes` borrows.
inline std::string_view FromAbi(vb_bytes bytes) {
  if (bytes.size == 0) return {};
  return {static_cast<const char*>(bytes.data), bytes.size};
}

// A protobuf message out of its bytes; BadInput when they are none.
template <class Message>
Message Parse(std::string_view bytes) {
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    throw BadInput("these bytes are no " + std::string(message.GetTypeName()));
  }
  return message;
}

// The host, as an instance sees it. Copy it freely; it lives as long as the instance.
class Host {
 public:
  explicit Host(const vb_host* host) : host_(host) {}
  // One line of UTF-8 for whoever runs verbatim.
  void Log(vb_severity severity, std::string_view text) const {
    host_->log(host_->ctx, severity, ToAbi(text));
  }
  // total 0: unknown.
  void Progress(std::uint64_t done, std::uint64_t total) const {
    host_->progress(host_->ctx, done, total);
  }
  // For long loops: leaves by Cancelled when the host has lost patience.
  void ThrowIfCancelled() const {
    if (host_->cancelled(host_->ctx) != 0) throw Cancelled();
  }

 private:
  const vb_host* host_;
};

// The tables of one view, numbered from 0 as in the manifest. Reads see what this event has written
// already.
class Store {
 public:
  // Borrowed for one visit. Return false to stop.
  using Visit = std::function<bool(std::string_view key, std::string_view row)>;
  enum class Direction : vb_direction { kForward = VB_FORWARD, kBackward = VB_BACKWARD };

  explicit Store(vb_store* store) : store_(store) {}

  std::optional<std::string> Get(std::uint32_t table, std::string_view key) const {
    std::string row;
    vb_sink sink{&row, [](void* ctx, vb_bytes bytes) -> std::int32_t {
                   static_cast<std::string*>(ctx)->append(FromAbi(bytes));
                   return 0;
                 }};
    const vb_status status = store_->get(store_->ctx, table, ToAbi(key), &sink);
    if (status == VB_NOT_FOUND) return std::nullopt;
    Check(status, "get", table);
    return row;
  }

  template <class Message>
  std::optional<Message> GetMessage(std::uint32_t table, std::string_view key) const {
    const std::optional<std::string> bytes = Get(table, key);
    if (!bytes) return std::nullopt;
    Message row;
    if (!row.ParseFromString(*bytes)) {
      throw std::runtime_error("a row of table " + std::to_string(table) + " does not parse");
    }
    return row;
  }

  void Put(std::uint32_t table, std::string_view key, std::string_view row) {
    Check(store_->put(store_->ctx, table, ToAbi(key), ToAbi(row)), "put", table);
  }

  // Map fields have no order of their own when serialized: keep them out of rows.
  template <class Message>
  void PutMessage(std::uint32_t table, std::string_view key, const Message& row) {
    Put(table, key, row.SerializeAsString());
  }

  // False: there was none.
  bool Erase(std::uint32_t table, std::string_view key) {
    const vb_status status = store_->erase(store_->ctx, table, ToAbi(key));
    if (status == VB_NOT_FOUND) return false;
    Check(status, "erase", table);
    return true;
  }

  // Rows whose key begins with `prefix`, in key order. `visit` may read the store, not change it.
  void Scan(std::uint32_t table, std::string_view prefix, const Visit& visit) const {
    ScanFrom(table, prefix, {}, Direction::kForward, visit);
  }

  // The same, beginning at the first key >= from (forward) or the last key <= from (backward); from
  // empty: at the end where that direction begins. A row's neighbours are its key in both
  // directions, itself skipped.
  void ScanFrom(std::uint32_t table, std::string_view prefix, std::string_view from,
                Direction direction, const Visit& visit) const {
    Visitor visitor{&visit, nullptr};
    const vb_status status =
        store_->scan(store_->ctx, table, ToAbi(prefix), ToAbi(from),
                     static_cast<vb_direction>(direction), &visitor, &Visitor::Call);
    if (visitor.thrown) std::rethrow_exception(visitor.thrown);
    Check(status, "scan", table);
  }

 private:
  // Carries an exception of the visitor past the host's frames.
  struct Visitor {
    const Visit* visit;
    std::exception_ptr thrown;
    static std::int32_t Call(void* self, vb_bytes key, vb_bytes row) noexcept {
      auto* visitor = static_cast<Visitor*>(self);
      try {
        return (*visitor->visit)(FromAbi(key), FromAbi(row)) ? 0 : 1;
      } catch (...) {
        visitor->thrown = std::current_exception();
        return 1;
      }
    }
  };

  static void Check(vb_status status, const char* what, std::uint32_t table) {
    if (status == VB_OK) return;
    const char* why =
        status == VB_INVALID_ARGUMENT
            ? " was refused: no such table (the first is 0), a key that is empty or over 240 bytes "
              "(KeyWriter::ShortText), or a change from inside a scan"
            : " failed";
    throw std::runtime_error("store: " + std::string(what) + " on table " + std::to_string(table) +
                             why);
  }

  vb_store* store_;
};

// Hands one verbatim.v1.Proposal to the host. May leave by Cancelled: let it pass.
using Emit = std::function<void(std::string_view proposal)>;

template <class Message>
void EmitMessage(const Emit& emit, const Message& proposal) {
  emit(proposal.SerializeAsString());
}

// Subclasses have a constructor (verbatim::Host, std::string_view config).
class Annotator {
 public:
  virtual ~Annotator() = default;
  // request: verbatim.v1.AnnotateRequest. The same request and configuration give the same
  // proposals.
  virtual void Annotate(std::string_view request, const Emit& emit) = 0;
};

class View {
 public:
  virtual ~View() = default;
  // event: verbatim.v1.ViewEvent, of a type that the manifest asked for. Members may hold only what
  // could be read from the store again.
  virtual void Apply(std::string_view event, Store& store) = 0;
};

namespace internal {

// What an exception says; which one it is comes first where that says more than the words do, as
// with "stod" or "map::at".
inline std::string WordsOf(const std::exception& e) {
  if (typeid(e) == typeid(std::runtime_error) || typeid(e) == typeid(std::logic_error)) {
    return e.what();
  }
  int failed = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(typeid(e).name(), nullptr, nullptr, &failed), &std::free);
  return failed == 0 ? std::string(name.get()) + ": " + e.what() : e.what();
}

// Runs `body` so that nothing thrown gets out.
template <class Body>
vb_status Guard(vb_sink* error, Body&& body) noexcept {
  const auto say = [error](const char* text) { error->put(error->ctx, ToAbi(text)); };
  try {
    body();
    return VB_OK;
  } catch (const Cancelled&) {
    return VB_CANCELLED;
  } catch (const BadInput& e) {
    say(e.what());
    return VB_BAD_INPUT;
  } catch (const std::bad_alloc& e) {
    say(e.what());  // there is no memory to say it in
    return VB_FAILED;
  } catch (const std::exception& e) {
    say(WordsOf(e).c_str());
    return VB_FAILED;
  } catch (...) {
    say("threw something that is no std::exception");
    return VB_FAILED;
  }
}

// Stops the compiler where a role is named, in words of this page, instead of deep in a template.
template <class Base, class Class>
constexpr bool Fits() {
  static_assert(std::is_convertible_v<Class*, Base*>,
                "AnnotatorRole<A> wants `class A : public verbatim::Annotator`, and ViewRole<V> "
                "wants `class V : public verbatim::View`");
  static_assert(!std::is_abstract_v<Class>,
                "an annotator overrides `void Annotate(std::string_view, const verbatim::Emit&)`, "
                "a view `void Apply(std::string_view, verbatim::Store&)`: write `override` "
                "behind yours, and the compiler says what differs");
  constexpr bool made = std::is_constructible_v<Class, Host, std::string_view>;
  static_assert(made || std::is_abstract_v<Class>,
                "the class of a role has a public constructor (verbatim::Host, std::string_view)");
  return made && std::is_convertible_v<Class*, Base*>;
}

template <class Base, class Class>
void* Create(const vb_host* host, vb_bytes config, vb_sink* error) noexcept {
  std::unique_ptr<Base> made;
  if constexpr (Fits<Base, Class>()) {
    Guard(error, [&] { made = std::make_unique<Class>(Host(host), FromAbi(config)); });
  }
  return made.release();
}

template <class Base>
void Destroy(void* self) noexcept {
  delete static_cast<Base*>(self);
}

inline vb_status CallAnnotate(void* self, vb_bytes request, vb_sink* proposals,
                              vb_sink* error) noexcept {
  return Guard(error, [&] {
    static_cast<Annotator*>(self)->Annotate(FromAbi(request), [proposals](std::string_view bytes) {
      if (proposals->put(proposals->ctx, ToAbi(bytes)) != 0) throw Cancelled();
    });
  });
}

inline vb_status CallApply(void* self, vb_bytes event, vb_store* store, vb_sink* error) noexcept {
  return Guard(error, [&] {
    Store rows(store);
    static_cast<View*>(self)->Apply(FromAbi(event), rows);
  });
}

template <class Class>
inline constexpr vb_annotator kAnnotator{sizeof(vb_annotator), 0, &Create<Annotator, Class>,
                                         &Destroy<Annotator>, &CallAnnotate};
template <class Class>
inline constexpr vb_view kView{sizeof(vb_view), 0, &Create<View, Class>, &Destroy<View>,
                               &CallApply};

}  // namespace internal

// One thing that the plugin does, under the name that its manifest gives.
struct Role {
  std::string_view name;
  const vb_annotator* annotator;
  const vb_view* view;
};

template <class Class>
constexpr Role AnnotatorRole(std::string_view name) {
  return {name, &internal::kAnnotator<Class>, nullptr};
}

template <class Class>
constexpr Role ViewRole(std::string_view name) {
  return {name, nullptr, &internal::kView<Class>};
}

}  // namespace verbatim

// Where verbatim_add_plugin() put the manifest and the descriptors.
extern "C" {
extern const char verbatim_manifest_begin[] __attribute__((visibility("hidden")));
extern const char verbatim_manifest_end[] __attribute__((visibility("hidden")));
extern const char verbatim_descriptors_begin[] __attribute__((visibility("hidden")));
extern const char verbatim_descriptors_end[] __attribute__((visibility("hidden")));
}

// Once a plugin, at namespace scope: VERBATIM_PLUGIN(verbatim::AnnotatorRole<A>("a"),
// verbatim::ViewRole<V>("v"))
#define VERBATIM_PLUGIN(...)                                                                  \
  namespace {                                                                                 \
  constexpr ::verbatim::Role kVerbatimRoles[] = {__VA_ARGS__};                                \
  const vb_annotator* VerbatimAnnotator(vb_bytes name) {                                      \
    for (const ::verbatim::Role& role : kVerbatimRoles) {                                     \
      if (role.annotator != nullptr && role.name == ::verbatim::FromAbi(name)) {              \
        return role.annotator;                                                                \
      }                                                                                       \
    }                                                                                         \
    return nullptr;                                                                           \
  }                                                                                           \
  const vb_view* VerbatimView(vb_bytes name) {                                                \
    for (const ::verbatim::Role& role : kVerbatimRoles) {                                     \
      if (role.view != nullptr && role.name == ::verbatim::FromAbi(name)) return role.view;   \
    }                                                                                         \
    return nullptr;                                                                           \
  }                                                                                           \
  } /* namespace */                                                                           \
  extern "C" {                                                                                \
  extern const vb_plugin verbatim_plugin_v1 __attribute__((visibility("default")));           \
  const vb_plugin verbatim_plugin_v1 = {sizeof(vb_plugin),          VERBATIM_ABI_VERSION,     \
                                        verbatim_manifest_begin,    verbatim_manifest_end,    \
                                        verbatim_descriptors_begin, verbatim_descriptors_end, \
                                        VerbatimAnnotator,          VerbatimView};            \
  }                                                                                           \
  static_assert(VERBATIM_ABI_VERSION == 1, "the symbol's name ends in the version")

#endif  // VERBATIM_PLUGIN_H_
