// SPDX-License-Identifier: Apache-2.0
// A plugin that misbehaves in the way that the text, the value of a setting or its configuration
// names, and otherwise proposes its first word or counts settings.
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "shouts/v1/shouts.pb.h"
#include "verbatim/keys.h"
#include "verbatim/plugin.h"
#include "verbatim/v1/archive.pb.h"
#include "verbatim/v1/plugin.pb.h"
#include "verbatim/v1/view.pb.h"

namespace {

using verbatim::v1::Proposal;

Proposal FirstWord(const std::string& text) {
  const std::size_t end = text.find(' ') == std::string::npos ? text.size() : text.find(' ');
  Proposal proposal;
  verbatim::v1::TextSpan* span = proposal.add_spans();
  span->set_end_byte(static_cast<std::uint32_t>(end));
  span->set_end_char(static_cast<std::uint32_t>(end));
  span->set_exact(text.substr(0, end));
  proposal.mutable_body()->set_type("shouts.v1.Groan");
  proposal.set_confidence(1.0F);
  return proposal;
}

// What turns the truth about the first word into a lie.
const std::map<std::string, std::function<void(Proposal&)>>& Lies() {
  static const std::map<std::string, std::function<void(Proposal&)>> lies = {
      {"lie-no-span", [](Proposal& p) { p.clear_spans(); }},
      {"lie-empty", [](Proposal& p) { p.mutable_spans(0)->set_end_byte(0); }},
      {"lie-beyond", [](Proposal& p) { p.mutable_spans(0)->set_end_byte(1U << 30U); }},
      {"lie-exact", [](Proposal& p) { p.mutable_spans(0)->set_exact("another"); }},
      {"lie-chars", [](Proposal& p) { p.mutable_spans(0)->set_end_char(3); }},
      {"lie-confidence", [](Proposal& p) { p.set_confidence(std::nanf("")); }},
      {"lie-overlap", [](Proposal& p) { *p.add_spans() = Proposal(p).spans(0); }},
      {"lie-type", [](Proposal& p) { p.mutable_body()->set_type("verbatim.v1.Quote"); }},
      {"lie-body", [](Proposal& p) { p.mutable_body()->set_value("\x0A\xFF\xFF"); }},
      {"lié-border",
       [](Proposal& p) {
         p.mutable_spans(0)->set_end_byte(3);
         p.mutable_spans(0)->set_exact("li");
       }},
  };
  return lies;
}

[[noreturn]] void SpinForever() {
  volatile std::uint64_t turns = 0;
  while (true) turns = turns + 1;
}

void EatMemory() {
  std::vector<std::unique_ptr<std::string>> eaten;
  while (true) eaten.push_back(std::make_unique<std::string>(1 << 20, 'x'));
}

void PrintForever() {
  const std::string line(4000, '.');
  while (true) std::puts(line.c_str());
}

// Where to go on after a page that can't be written.
sigjmp_buf next_page;
void GoOn(int) { siglongjmp(next_page, 1); }

// Writes what stands there already: is this page one that can be written?
bool CanWrite(volatile char* page) {
  if (sigsetjmp(next_page, 1) != 0) return false;
  *page = *page;
  return true;
}

// Writes over every page that it finds writable, its own stack and heap, and those of its host,
// among them.
void ScribbleOverEverything() {
  struct sigaction action = {};
  action.sa_handler = &GoOn;
  sigaction(SIGSEGV, &action, nullptr);
  sigaction(SIGBUS, &action, nullptr);
  constexpr std::uintptr_t kPage = 4096;
  constexpr std::uintptr_t kReach = 16384 * kPage;
  static volatile char* found[65536];
  std::size_t pages = 0;
  const auto heap = std::make_unique<char>();
  const char on_stack = 0;
  // Around the stack, the heap, the C library with what is mapped beside it, and this plugin.
  for (const void* place :
       {static_cast<const void*>(&on_stack), static_cast<const void*>(heap.get()),
        reinterpret_cast<const void*>(&std::abort), static_cast<const void*>(&found)}) {
    const auto middle = reinterpret_cast<std::uintptr_t>(place) / kPage * kPage;
    for (std::uintptr_t at = middle - kReach; at < middle + kReach; at += kPage) {
      auto* page = reinterpret_cast<volatile char*>(at);
      if (pages < std::size(found) && CanWrite(page)) found[pages++] = page;
    }
  }
  signal(SIGSEGV, SIG_DFL);
  signal(SIGBUS, SIG_DFL);
  for (std::size_t i = 0; i < pages; ++i) {
    for (std::uintptr_t byte = 0; byte < kPage; ++byte) found[i][byte] = '\xA5';
  }
  std::abort();
}

// Survives what is refused, if it can.
void HideAndConnect() {
  signal(SIGSYS, SIG_IGN);
  socket(AF_INET, SOCK_STREAM, 0);
}

bool CanRead(const char* path) {
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd >= 0) close(fd);
  return fd >= 0;
}

// Speaks to the host past the kit, a frame as core/plugin/frames.h has it.
void Say(char kind, const std::string& payload) {
  const std::string frame = verbatim::KeyWriter()
                                .U32(static_cast<std::uint32_t>(payload.size()))
                                .U8(static_cast<std::uint8_t>(kind))
                                .Bytes(payload)
                                .Take();
  for (std::size_t sent = 0; sent < frame.size();) {
    const ssize_t wrote = write(3, frame.data() + sent, frame.size() - sent);
    if (wrote <= 0) _exit(0);
    sent += static_cast<std::size_t>(wrote);
  }
}

// True proposals, few and large, that the worker never counts.
void FloodAround() {
  Proposal proposal = FirstWord("flood-around");
  proposal.add_explanation(std::string(std::size_t{8} << 20U, '.'));
  for (int i = 0; i < 12; ++i) Say('p', proposal.SerializeAsString());
}

// Its own are the standard three, the socket and its code.
void LookForOtherDescriptors() {
  for (int fd = 5; fd < 1024; ++fd) {
    pollfd polled = {fd, 0, 0};
    poll(&polled, 1, 0);
    if ((polled.revents & POLLNVAL) == 0)
      throw std::runtime_error("holds descriptor " + std::to_string(fd));
  }
}

// A file of a view's rows, as large as no disk is.
void FillTheDisk() {
  bool grown = false;
  for (int fd = 5; fd < 64; ++fd) grown = pwrite(fd, "x", 1, off_t{1} << 43) == 1 || grown;
  if (grown) throw std::runtime_error("took 8 TiB");
}

// Takes a step that leads nowhere again and again, which keeps its host waiting.
void StepOnTheSpot() {
  const itimerval never = {};
  setitimer(ITIMER_REAL, &never, nullptr);
  while (true) {
    Say('n', verbatim::KeyWriter().U64(0).Take());
    sleep(1);
  }
}

// By name, so that no build finds them unreachable.
const std::map<std::string, std::function<void()>>& Moods() {
  static const std::map<std::string, std::function<void()>> moods = {
      {"throw", [] { throw std::runtime_error("no mood for this"); }},
      {"throw-42", [] { throw 42; }},
      {"bad-input", [] { throw verbatim::BadInput("not in this language"); }},
      {"crash", [] { raise(SIGSEGV); }},
      {"abort", [] { std::abort(); }},
      {"exit", [] { _exit(0); }},
      {"loop", [] { SpinForever(); }},
      {"sleep",
       [] {
         while (true) sleep(1000);
       }},
      {"eat", [] { EatMemory(); }},
      {"print", [] { PrintForever(); }},
      {"scribble-everywhere", [] { ScribbleOverEverything(); }},
      {"connect", [] { socket(AF_INET, SOCK_STREAM, 0); }},
      {"hide-and-connect", [] { HideAndConnect(); }},
      {"read-file", [] { CanRead("/etc/passwd"); }},
      {"inherit", [] { LookForOtherDescriptors(); }},
      {"limit-others",
       [] {
         const rlimit none = {};
         prlimit(1, RLIMIT_FSIZE, &none, nullptr);
       }},
      {"flood-around", [] { FloodAround(); }},
      {"fill-disk", [] { FillTheDisk(); }},
      {"step-on-the-spot", [] { StepOnTheSpot(); }},
      {"step-beyond", [] { Say('n', verbatim::KeyWriter().U64(1U << 30U).Take()); }},
      {"forge-trouble",
       [] {
         Say('t', std::string(1, '\x0F') + "the log is damaged");
         _exit(0);
       }},
      {"fork", [] { fork(); }},
      {"thread", [] { std::thread([] {}).join(); }},
      {"execute", [] { execl("/bin/true", "true", nullptr); }},
      {"map-code",
       [] { mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }},
      {"babble-to-host",
       [] {
         const ssize_t wrote = write(3, "this is no frame", 16);
         static_cast<void>(wrote);
         SpinForever();
       }},
  };
  return moods;
}

class Moody : public verbatim::Annotator {
 public:
  Moody(verbatim::Host host, std::string_view) : host_(host) {}

  void Annotate(std::string_view request, const verbatim::Emit& emit) override {
    const auto in = verbatim::Parse<verbatim::v1::AnnotateRequest>(request);
    const std::string mood = in.text().substr(0, in.text().find(' '));
    if (const auto harm = Moods().find(mood); harm != Moods().end()) harm->second();
    if (mood == "scribble") const_cast<char&>(request[0]) = 'x';
    if (mood == "poll") {
      while (true) host_.ThrowIfCancelled();
    }
    if (mood == "garbage") emit("\xFF\xFF\xFF");
    if (mood == "chat") {
      for (int i = 0; i < 100000; ++i) host_.Log(VB_DEBUG, "line\n" + std::to_string(i) + "\xFF");
    }
    Proposal proposal = FirstWord(in.text());
    if (const auto lie = Lies().find(mood); lie != Lies().end()) lie->second(proposal);
    const int copies = mood == "flood" ? 1 << 30 : 1;
    for (int i = 0; i < copies; ++i) verbatim::EmitMessage(emit, proposal);
  }

 private:
  verbatim::Host host_;
};

class Stillborn : public verbatim::Annotator {
 public:
  Stillborn(verbatim::Host, std::string_view) { throw std::runtime_error("no dictionary"); }
  void Annotate(std::string_view, const verbatim::Emit&) override {}
};

// Counts changes of each setting; a value may name a mood.
class Settings : public verbatim::View {
 public:
  Settings(verbatim::Host host, std::string_view config)
      : host_(host), mood_(verbatim::Parse<shouts::v1::Config>(config).mood()) {
    if (mood_ == "refuse") throw std::runtime_error("no such configuration");
  }

  void Apply(std::string_view event, verbatim::Store& store) override {
    const auto in = verbatim::Parse<verbatim::v1::ViewEvent>(event);
    const auto change = verbatim::Parse<verbatim::v1::SettingChanged>(in.body());
    const std::string& mood = mood_.empty() ? change.value() : mood_;
    if (const auto harm = Moods().find(mood); harm != Moods().end()) harm->second();
    if (mood == "scribble") const_cast<char&>(event[0]) = 'x';
    if (mood == "lie-key") store.Put(0, std::string(1000, 'k'), "");
    if (mood == "lie-table") store.Put(17, "key", "");
    if (change.value() == "chat") host_.Log(VB_WARNING, "a setting was changed");
    const std::string key = verbatim::KeyWriter().Text(change.key()).Take();
    auto row = store.GetMessage<shouts::v1::ShoutCount>(0, key).value_or(shouts::v1::ShoutCount());
    row.set_word(change.key());
    row.set_times(row.times() + 1);
    store.PutMessage(0, key, row);
  }

 private:
  verbatim::Host host_;
  std::string mood_;  // of its configuration; empty: the value of each setting names one
};

}  // namespace

VERBATIM_PLUGIN(verbatim::AnnotatorRole<Moody>("moody"),
                verbatim::AnnotatorRole<Stillborn>("stillborn"),
                verbatim::ViewRole<Settings>("settings"));
