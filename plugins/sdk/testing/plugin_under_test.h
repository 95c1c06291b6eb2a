// SPDX-License-Identifier: Apache-2.0
// The built plugin, asked as verbatim asks it: through the tool, checked, in a worker process.
// Answers are lines of JSON. C++17 and nothing else: any test framework will do.
//
//   PluginUnderTest plugin;
//   plugin.Annotate("It may PERHAPS rain.")           one line an annotation: type, spans, body ...
//   plugin.Rows({Text{"One."}, Text{"Two."}})         ingested and annotated: the rows of its view
//   plugin.ApplyAll(ReadFile("tests/events.jsonl"))   the rows over events that you have kept
//
// Tool and plugin come from the environment, which verbatim_add_plugin_test() sets. A plugin that
// fails, or lies, throws std::runtime_error with the tool's words.
#ifndef VERBATIM_TESTING_PLUGIN_UNDER_TEST_H_
#define VERBATIM_TESTING_PLUGIN_UNDER_TEST_H_

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace verbatim {
namespace testing {

struct Text {
  std::string text;
  std::string published = {};  // a day or an instant; empty: not known
};

class PluginUnderTest {
 public:
  using Lines = std::vector<std::string>;

  // `config`: JSON or protobuf text format of the manifest's config_type; empty: none.
  explicit PluginUnderTest(std::string config = "") : config_(std::move(config)) {}

  // What its annotator proposes, by place.
  Lines Annotate(const std::string& text, const std::string& published = "") const {
    return Annotate(Text{text, published});
  }
  Lines Annotate(const Text& text) const { return Try({}, {text}); }

  // The rows of a view of it over these texts, each ingested and annotated by it and by the plugins
  // that come with verbatim. `view` empty: its first.
  Lines Rows(const std::vector<Text>& texts, const std::string& view = "") const {
    return Try(ViewFlag(view), texts);
  }

  // The rows over events as `verbatim log --format jsonl` prints them, a line each.
  Lines ApplyAll(const std::string& events, const std::string& view = "") const {
    const Folder folder;
    const std::filesystem::path file = folder.path / "events.jsonl";
    std::ofstream(file, std::ios::binary) << events;
    std::vector<std::string> arguments = ViewFlag(view);
    arguments.insert(arguments.end(), {"--events", file.string()});
    return Run(folder, arguments);
  }

 private:
  struct Folder {
    Folder() {
      std::string name =
          (std::filesystem::temp_directory_path() / "verbatim-plugin-test.XXXXXX").string();
      if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("can't make a folder " + name);
      path = name;
    }
    ~Folder() {
      std::error_code ignored;
      std::filesystem::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path path;
  };

  static std::vector<std::string> ViewFlag(const std::string& view) {
    if (view.empty()) return {"--rows"};
    return {"--view", view};
  }

  static std::string Named(const char* variable) {
    const char* value = std::getenv(variable);
    if (value != nullptr) return value;
    throw std::runtime_error(std::string(variable) +
                             " is not set: run the tests by ctest, after "
                             "verbatim_add_plugin_test() in CMakeLists.txt");
  }

  static std::string Quoted(const std::string& word) {
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
  }

  Lines Try(std::vector<std::string> arguments, const std::vector<Text>& texts) const {
    const Folder folder;
    std::ofstream table(folder.path / "published.tsv", std::ios::binary);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      // By this name, texts are taken in their order.
      std::string number = std::to_string(i);
      number.insert(0, 6 - number.size(), '0');
      const std::string name = number + ".txt";
      std::ofstream(folder.path / name, std::ios::binary) << texts[i].text;
      arguments.push_back((folder.path / name).string());
      if (!texts[i].published.empty()) table << name << '\t' << texts[i].published << '\n';
    }
    table.close();
    arguments.insert(arguments.end(),
                     {"--published-from", (folder.path / "published.tsv").string()});
    return Run(folder, arguments);
  }

  Lines Run(const Folder& folder, const std::vector<std::string>& arguments) const {
    std::string command = Quoted(Named("VERBATIM_TOOL")) + " plugin try " +
                          Quoted(Named("VERBATIM_PLUGIN")) + " --format jsonl";
    if (!config_.empty()) {
      std::ofstream(folder.path / "config", std::ios::binary) << config_;
      command += " --config " + Quoted((folder.path / "config").string());
    }
    for (const std::string& argument : arguments) command += " " + Quoted(argument);
    const std::filesystem::path out = folder.path / "out";
    const std::filesystem::path err = folder.path / "err";
    command += " >" + Quoted(out.string()) + " 2>" + Quoted(err.string()) + " </dev/null";
    const int status = std::system(command.c_str());
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error(Read(err));
    Lines lines;
    std::istringstream in(Read(out));
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }

  static std::string Read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

  std::string config_;
};

}  // namespace testing
}  // namespace verbatim

#endif  // VERBATIM_TESTING_PLUGIN_UNDER_TEST_H_
