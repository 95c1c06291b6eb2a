// SPDX-License-Identifier: Apache-2.0
// A well-behaved plugin: an annotator that finds words in capitals, and a view that counts them.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "shouts/v1/shouts.pb.h"
#include "verbatim/keys.h"
#include "verbatim/plugin.h"
#include "verbatim/v1/plugin.pb.h"
#include "verbatim/v1/view.pb.h"

namespace {

bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

class Shouts : public verbatim::Annotator {
 public:
  Shouts(verbatim::Host host, std::string_view config)
      : host_(host), config_(verbatim::Parse<shouts::v1::Config>(config)) {
    if (config_.letters_min() == 0) config_.set_letters_min(3);
  }

  void Annotate(std::string_view request, const verbatim::Emit& emit) override {
    const auto in = verbatim::Parse<verbatim::v1::AnnotateRequest>(request);
    const std::string& text = in.text();
    if (text.empty()) throw verbatim::BadInput("an empty text");
    std::size_t chars = 0;
    for (std::size_t at = 0; at < text.size();) {
      host_.ThrowIfCancelled();
      std::size_t end = at;
      while (end < text.size() && IsCapital(text[end])) ++end;
      if (end - at >= config_.letters_min()) Propose(text, at, end, chars, emit);
      end = std::max(end, at + 1);
      for (; at < end; ++at) chars += (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    }
    host_.Log(VB_INFO, "looked at " + std::to_string(text.size()) + " bytes");
  }

 private:
  static void Propose(const std::string& text, std::size_t begin, std::size_t end,
                      std::size_t chars, const verbatim::Emit& emit) {
    verbatim::v1::Proposal proposal;
    verbatim::v1::TextSpan* span = proposal.add_spans();
    span->set_begin_byte(static_cast<std::uint32_t>(begin));
    span->set_end_byte(static_cast<std::uint32_t>(end));
    span->set_begin_char(static_cast<std::uint32_t>(chars));
    span->set_end_char(static_cast<std::uint32_t>(chars + end - begin));
    span->set_exact(text.substr(begin, end - begin));
    shouts::v1::Shout body;
    body.set_word(span->exact());
    body.set_letters(static_cast<std::uint32_t>(end - begin));
    proposal.mutable_body()->set_type("shouts.v1.Shout");
    proposal.mutable_body()->set_value(body.SerializeAsString());
    proposal.set_confidence(0.75F);
    verbatim::EmitMessage(emit, proposal);
  }

  verbatim::Host host_;
  shouts::v1::Config config_;
};

class ShoutCounts : public verbatim::View {
 public:
  ShoutCounts(verbatim::Host, std::string_view) {}

  void Apply(std::string_view event, verbatim::Store& store) override {
    const auto in = verbatim::Parse<verbatim::v1::ViewEvent>(event);
    const auto change = verbatim::Parse<verbatim::v1::AnnotationChanged>(in.body());
    if (change.has_before()) Add(change.before(), -1, store);
    if (change.has_after()) Add(change.after(), 1, store);
  }

 private:
  static void Add(const verbatim::v1::Annotation& annotation, int step, verbatim::Store& store) {
    const auto shout = verbatim::Parse<shouts::v1::Shout>(annotation.body().value());
    if (shout.word() == "STALL") throw verbatim::BadInput("a word that no view may count");
    const std::string key = verbatim::KeyWriter().Text(shout.word()).Take();
    auto row = store.GetMessage<shouts::v1::ShoutCount>(0, key).value_or(shouts::v1::ShoutCount());
    row.set_word(shout.word());
    row.set_times(row.times() + static_cast<std::uint64_t>(step));
    if (row.times() == 0) {
      store.Erase(0, key);
    } else {
      store.PutMessage(0, key, row);
    }
    store.PutMessage(1, key, row);
  }
};

}  // namespace

VERBATIM_PLUGIN(verbatim::AnnotatorRole<Shouts>("shouts"),
                verbatim::ViewRole<ShoutCounts>("shout_counts"));
