// SPDX-License-Identifier: Apache-2.0
// quotes.so as a host has it: loaded, called through the C boundary, its rows kept in a plain map.
#ifndef VERBATIM_QUOTES_TESTS_LOADED_PLUGIN_H_
#define VERBATIM_QUOTES_TESTS_LOADED_PLUGIN_H_

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "verbatim/plugin.h"
#include "verbatim/quotes/v1/quotes.pb.h"
#include "verbatim/v1/quote.pb.h"
#include "verbatim/v1/speaker.pb.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::quotes {

using verbatim::v1::AnnotationChanged;
using verbatim::v1::Quote;

inline const vb_plugin& Plugin() {
  static const vb_plugin* const plugin = [] {
    void* library = dlopen(QUOTES_SO, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::runtime_error(dlerror());
    return static_cast<const vb_plugin*>(dlsym(library, VERBATIM_ENTRY_SYMBOL));
  }();
  return *plugin;
}

inline vb_host QuietHost() {
  vb_host host{};
  host.struct_size = sizeof(host);
  host.log = [](void*, vb_severity, vb_bytes) {};
  host.progress = [](void*, uint64_t, uint64_t) {};
  host.cancelled = [](void*) -> int32_t { return 0; };
  return host;
}

inline vb_sink Into(std::string& text) {
  return {&text, [](void* ctx, vb_bytes bytes) -> int32_t {
            static_cast<std::string*>(ctx)->append(FromAbi(bytes));
            return 0;
          }};
}

// The view over an ordered map, as plain as a store can be.
class ViewTest : public ::testing::Test {
 protected:
  explicit ViewTest(std::string view = "quotes") : view_(std::move(view)) {}

  using Rows = std::map<std::pair<uint32_t, std::string>, std::string>;

  void Apply(const std::string& type, const std::string& body) {
    verbatim::v1::ViewEvent event;
    event.set_sequence(++sequence_);
    event.set_type(type);
    event.set_body(body);
    const vb_host host = QuietHost();
    std::string text;
    vb_sink error = Into(text);
    const vb_view* view = Plugin().view(ToAbi(view_));
    void* self = view->create(&host, {}, &error);
    vb_store store = Store();
    const std::string bytes = event.SerializeAsString();
    EXPECT_EQ(view->apply(self, ToAbi(bytes), &store, &error), VB_OK) << text;
    view->destroy(self);
  }

  void Change(const AnnotationChanged& change) {
    Apply("verbatim.v1.AnnotationChanged", change.SerializeAsString());
  }

  // "said_on speaker key text", in the order of the rows of the view `quotes`.
  std::vector<std::string> Shown() const {
    std::vector<std::string> lines;
    for (const auto& [key, bytes] : rows_) {
      if (key.first != 0) continue;
      const auto row = Parse<verbatim::quotes::v1::Quotation>(bytes);
      lines.push_back(row.said_on() + " " + row.speaker() + " [" + row.speaker_key() + "] " +
                      row.text());
    }
    return lines;
  }

  static AnnotationChanged Said(const std::string& id, const std::string& speaker,
                                const std::string& text, const std::string& day) {
    AnnotationChanged change;
    Quote quote;
    quote.set_kind(Quote::KIND_DIRECT);
    quote.set_speaker(speaker);
    std::string key = speaker;
    for (char& c : key) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    quote.set_speaker_key(key);
    if (!day.empty()) quote.set_said_on(day);
    quote.set_said_on_basis(day.empty() ? Quote::SAID_ON_UNKNOWN : Quote::SAID_ON_STATED);
    auto* after = change.mutable_after();
    after->set_annotation(id + std::string(16 - id.size(), '\0'));
    after->set_status(verbatim::v1::ANNOTATION_STATUS_PROPOSED);
    after->mutable_anchor()->set_article(std::string(16, 'a'));
    after->mutable_anchor()->add_spans()->set_exact(text);
    after->mutable_body()->set_type("verbatim.v1.Quote");
    after->mutable_body()->set_value(quote.SerializeAsString());
    return change;
  }

  Rows rows_;

 private:
  vb_store Store() {
    vb_store store{};
    store.struct_size = sizeof(store);
    store.ctx = &rows_;
    store.get = [](void* ctx, uint32_t table, vb_bytes key, vb_sink* row) -> vb_status {
      auto& rows = *static_cast<Rows*>(ctx);
      const auto found = rows.find({table, std::string(FromAbi(key))});
      if (found == rows.end()) return VB_NOT_FOUND;
      row->put(row->ctx, ToAbi(found->second));
      return VB_OK;
    };
    store.put = [](void* ctx, uint32_t table, vb_bytes key, vb_bytes row) -> vb_status {
      if (table > 4 || key.size == 0 || key.size > VB_KEY_BYTES_MAX) return VB_INVALID_ARGUMENT;
      (*static_cast<Rows*>(ctx))[{table, std::string(FromAbi(key))}] = std::string(FromAbi(row));
      return VB_OK;
    };
    store.erase = [](void* ctx, uint32_t table, vb_bytes key) -> vb_status {
      auto& rows = *static_cast<Rows*>(ctx);
      return rows.erase({table, std::string(FromAbi(key))}) != 0 ? VB_OK : VB_NOT_FOUND;
    };
    store.scan = [](void* ctx, uint32_t table, vb_bytes prefix, vb_bytes, vb_direction direction,
                    void* visitor, int32_t (*visit)(void*, vb_bytes, vb_bytes)) -> vb_status {
      const std::string start(FromAbi(prefix));
      std::vector<std::pair<std::string, std::string>> inside;
      for (const auto& [key, row] : *static_cast<Rows*>(ctx)) {
        if (key.first != table || key.second.compare(0, start.size(), start) != 0) continue;
        inside.emplace_back(key.second, row);
      }
      if (direction == VB_BACKWARD) std::reverse(inside.begin(), inside.end());
      for (const auto& [key, row] : inside) {
        if (visit(visitor, ToAbi(key), ToAbi(row)) != 0) break;
      }
      return VB_OK;
    };
    return store;
  }

  std::string view_;
  uint64_t sequence_ = 0;
};

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_TESTS_LOADED_PLUGIN_H_
