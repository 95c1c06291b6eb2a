// SPDX-License-Identifier: Apache-2.0
// One `verbatim-plugin-host` process, seen from the tool: started with a socket and the descriptors
// that it is handed, talked to in frames, watched by the clock, and never waited for longer than a
// limit says. What it prints is read and its end kept, for the message when it dies.
#ifndef VERBATIM_CORE_PLUGIN_WORKER_H_
#define VERBATIM_CORE_PLUGIN_WORKER_H_

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/base/status.h"
#include "core/plugin/frames.h"
#include "verbatim/v1/annotation.pb.h"

namespace verbatim::plugin {

// The worker program: $VERBATIM_PLUGIN_HOST, else verbatim-plugin-host beside the running program.
std::filesystem::path PluginHostProgram();

// The library that ends a worker whose plugin asks for a clock, for chance or for the environment:
// ../lib/verbatim/verbatim-watch.so from this program.
std::filesystem::path WatchLibrary();

// One process. One thread at a time; killed and reaped with the object.
class Worker {
 public:
  using Outcome = v1::RunCompleted::Outcome;
  using Milliseconds = std::chrono::milliseconds;

  // What the receiver of a frame wants next.
  enum class Next {
    kMore,     // another frame, by the same deadline
    kRenew,    // another frame, and the clock starts anew
    kEnough,   // the conversation is over
    kInvalid,  // this frame should not have come: kill
  };

  // Why a conversation is over.
  struct End {
    bool answered = false;  // the receiver had enough; the rest is unset
    Outcome outcome = v1::RunCompleted::OUTCOME_UNSPECIFIED;
    std::string message;  // for a person
  };

  // Starts the program with `arguments`; its socket is descriptor 3 and `handed` are 4, 5 ... in
  // order. `watched`: with the library of WatchLibrary() before all others.
  static absl::StatusOr<std::unique_ptr<Worker>> Start(const std::vector<std::string>& arguments,
                                                       const std::vector<int>& handed,
                                                       bool watched = false);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Sent when a conversation goes on: queued here, never blocking.
  void Send(FrameKind kind, std::string_view payload);

  // Sends what is queued and gives frames to `receive` until it has enough. When the worker dies,
  // is silent for `patience`, sends no frames or prints without end, it is killed and the end says
  // so.
  End Converse(Milliseconds patience, const std::function<Next(const Frame&)>& receive);

  // Ends the process now, whatever it does.
  void Stop();

  // Still there, as far as is known: false after an end without an answer.
  bool alive() const { return pid_ > 0; }
  pid_t pid() const { return pid_; }

 private:
  Worker(pid_t pid, base::Fd socket, base::Fd printed);
  using Time = std::chrono::steady_clock::time_point;

  End Kill(Outcome outcome, std::string message);
  // The worker has closed its socket: how did it end?
  End Reap();
  enum class Waited { kNothing, kReadable, kTooLong };
  Waited Wait(Time deadline);
  void Flush();
  // False at the end of the stream.
  bool ReadSocket();
  void ReadPrinted();
  std::string LastWords() const;

  pid_t pid_;
  base::Fd socket_;
  base::Fd printed_;
  std::string out_;
  FrameBuffer in_;
  std::string printed_end_;
  size_t printed_bytes_ = 0;
};

}  // namespace verbatim::plugin

#endif  // VERBATIM_CORE_PLUGIN_WORKER_H_
