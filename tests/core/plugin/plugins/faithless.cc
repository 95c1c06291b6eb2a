// SPDX-License-Identifier: Apache-2.0
// A plugin for the conformance suite: what it breaks, it breaks alone.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

#include "shouts/v1/shouts.pb.h"
#include "verbatim/messages.h"
#include "verbatim/plugin.h"
#include "verbatim/v1/view.pb.h"

namespace {

using verbatim::v1::AnnotateRequest;

// The first two bytes of a text that begins with two ASCII characters.
void ProposeStart(const AnnotateRequest& in, const verbatim::Emit& emit, std::uint32_t bytes = 2) {
  if (in.text().size() < 2 || in.text()[0] < 0 || in.text()[1] < 0) return;
  const verbatim::text::CharMap map(in.text());
  auto proposal =
      verbatim::MakeProposal(in.text(), map, {0, 2}, shouts::v1::Shout::default_instance(), 0.5F);
  proposal.mutable_spans(0)->set_end_byte(bytes);
  verbatim::EmitMessage(emit, proposal);
}

// Breaks the promise that letters_min of its configuration names by number.
class Faithless : public verbatim::Annotator {
 public:
  Faithless(verbatim::Host, std::string_view config)
      : deed_(verbatim::Parse<shouts::v1::Config>(config).letters_min()) {}

  void Annotate(std::string_view request, const verbatim::Emit& emit) override {
    AnnotateRequest in;
    const bool parsed = in.ParseFromArray(request.data(), static_cast<int>(request.size()));
    hurt_ = hurt_ || !parsed;
    if (deed_ == 1) return ProposeStart(in, emit, 3);  // says another text
    if (deed_ == 2) ProposeStart(in, emit);            // makes a claim twice
    if (deed_ == 3 && ++calls_ > 6) return;            // has enough
    if (deed_ == 4 && hurt_) return;                   // never gets over a bad request
    if (deed_ == 5) static_cast<void>(std::chrono::system_clock::now());
    if (deed_ == 6) std::random_device();
    if (deed_ == 7) static_cast<void>(std::getenv("HOME"));
    if (!parsed) throw verbatim::BadInput("no request");
    ProposeStart(in, emit);
  }

 private:
  std::uint32_t deed_;
  int calls_ = 0;
  bool hurt_ = false;
};

void Count(verbatim::Store& store, std::uint64_t times) {
  shouts::v1::ShoutCount row;
  row.set_times(times);
  store.PutMessage(0, "key", row);
}

class Stubborn : public verbatim::View {
 public:
  Stubborn(verbatim::Host, std::string_view) {}
  void Apply(std::string_view, verbatim::Store&) override { throw std::runtime_error("never"); }
};

// BadInput where the event, or its body, is none.
void Read(std::string_view event) {
  const auto in = verbatim::Parse<verbatim::v1::ViewEvent>(event);
  verbatim::Parse<verbatim::v1::ArticleIngested>(in.body());
}

// Keeps to itself what only the store may know.
class Hoarder : public verbatim::View {
 public:
  Hoarder(verbatim::Host, std::string_view) {}
  void Apply(std::string_view event, verbatim::Store& store) override {
    Read(event);
    Count(store, ++events_);
  }

 private:
  std::uint64_t events_ = 0;
};

// Never gets over an event that it couldn't read.
class Brittle : public verbatim::View {
 public:
  Brittle(verbatim::Host, std::string_view) {}
  void Apply(std::string_view event, verbatim::Store& store) override {
    try {
      Read(event);
    } catch (const verbatim::BadInput&) {
      hurt_ = true;
      throw;
    }
    Count(store, hurt_ ? 1 : 2);
  }

 private:
  bool hurt_ = false;
};

class Sloppy : public verbatim::View {
 public:
  Sloppy(verbatim::Host, std::string_view) {}
  void Apply(std::string_view, verbatim::Store& store) override { store.Put(0, "key", "\xFF"); }
};

class Late : public verbatim::View {
 public:
  Late(verbatim::Host, std::string_view) {}
  void Apply(std::string_view, verbatim::Store& store) override {
    Count(store, std::time(nullptr) > 0 ? 1 : 2);
  }
};

}  // namespace

VERBATIM_PLUGIN(verbatim::AnnotatorRole<Faithless>("faithless"),
                verbatim::ViewRole<Stubborn>("stubborn"), verbatim::ViewRole<Hoarder>("hoarder"),
                verbatim::ViewRole<Brittle>("brittle"), verbatim::ViewRole<Sloppy>("sloppy"),
                verbatim::ViewRole<Late>("late"));
