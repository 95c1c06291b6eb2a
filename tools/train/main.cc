// SPDX-License-Identifier: Apache-2.0
// verbatim-train: learns which blocks of a page are its article, and prints the table that
// core/ingest is compiled with. See README.md here.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/ingest/main_text.h"
#include "fmt/format.h"
#include "tools/train/boosting.h"
#include "tools/train/marked_pages.h"

namespace verbatim::train {
namespace {

struct Arguments {
  std::vector<std::string> folders;
  std::string out;
  std::string predict;
  int folds = 5;
  int trees = 150;
  int second_trees = 100;
  int leaves = 24;
  double rate = 0.1;
  double leaf_min = 20;
  double row_share = 0.3;
  uint64_t seed = 1;
  bool no_shuffle = false;
};

// The rows of all pages.
Rows RowsOf(const std::vector<MarkedPage>& pages, const std::vector<ingest::FeatureTable>& tables) {
  Rows rows;
  for (size_t p = 0; p < pages.size(); ++p) {
    const ingest::FeatureTable& table = tables[p];
    rows.columns = table.columns() == 0 ? rows.columns : table.columns();
    for (size_t i = 0; i < table.rows(); ++i) {
      rows.values.insert(rows.values.end(), table.Row(i), table.Row(i) + table.columns());
      rows.labels.push_back(pages[p].labels[i]);
      rows.weights.push_back(pages[p].weights[i]);
      rows.folds.push_back(pages[p].fold);
    }
  }
  return rows;
}

// What models that never saw a page's site think of it.
std::vector<std::vector<float>> OutOfFold(const std::vector<MarkedPage>& pages,
                                          const std::vector<ingest::FeatureTable>& tables,
                                          const Rows& rows, const Bins& bins,
                                          const Options& options, int folds) {
  std::vector<std::vector<float>> scores(pages.size());
  for (int fold = 0; fold < folds; ++fold) {
    const Boosting model = Boosting::Train(rows, bins, fold, options);
    for (size_t p = 0; p < pages.size(); ++p) {
      if (pages[p].fold == fold) scores[p] = ingest::Score(model.View(), tables[p]);
    }
    fmt::print(stderr, "fold {} done\n", fold);
  }
  return scores;
}

void Predict(const std::vector<MarkedPage>& pages, const std::vector<std::vector<float>>& scores,
             const std::string& folder) {
  std::set<std::string> begun;
  for (size_t p = 0; p < pages.size(); ++p) {
    const MarkedPage& page = pages[p];
    const std::string name =
        fmt::format("{}/{}{}.jsonl", folder, page.set, page.shuffled ? ".shuffled" : "");
    std::ofstream file(name, begun.insert(name).second ? std::ios::trunc : std::ios::app);
    const ingest::PageFacts facts(page.page.tree, page.blocks, page.page.Hints());
    auto verdicts = ingest::JudgeScores(facts, scores[p]);
    ingest::TakeBest(facts, verdicts);
    file << nlohmann::json{{"id", page.id},
                           {"articleBody", ingest::JoinKept(page.blocks, verdicts)}}
                .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
         << "\n";
  }
}

int Run(const Arguments& arguments) {
  std::vector<MarkedPage> pages;
  for (const std::string& folder : arguments.folders) {
    auto read = ReadMarkedPages(folder, arguments.folds, !arguments.no_shuffle);
    if (!read.ok()) {
      fmt::print(stderr, "verbatim-train: {}\n", std::string(read.status().message()));
      return 2;
    }
    // Small sets of careful marks weigh as much as large ones.
    const float weight = std::min(3.0f, 400.0f / static_cast<float>(read->size()));
    for (MarkedPage& page : *read) {
      for (float& one : page.weights) one *= weight;
      pages.push_back(std::move(page));
    }
  }
  std::vector<ingest::FeatureTable> first;
  for (const MarkedPage& page : pages) first.push_back(page.features);
  fmt::print(stderr, "{} pages\n", pages.size());
  Options options;
  options.trees = arguments.trees;
  options.leaves = arguments.leaves;
  options.rate = static_cast<float>(arguments.rate);
  options.leaf_weight_min = static_cast<float>(arguments.leaf_min);
  options.row_share = static_cast<float>(arguments.row_share);
  options.seed = arguments.seed;
  const Rows first_rows = RowsOf(pages, first);
  const Bins first_bins(first_rows);
  const auto first_scores =
      OutOfFold(pages, first, first_rows, first_bins, options, arguments.folds);
  std::vector<ingest::FeatureTable> second;
  for (size_t p = 0; p < pages.size(); ++p) {
    const MarkedPage& page = pages[p];
    const ingest::PageFacts facts(page.page.tree, page.blocks, page.page.Hints());
    second.push_back(ingest::ContextFeatures(facts, first[p], first_scores[p]));
  }
  Options again = options;
  again.trees = arguments.second_trees;
  again.seed = arguments.seed + 1;
  const Rows second_rows = RowsOf(pages, second);
  const Bins second_bins(second_rows);
  if (!arguments.predict.empty()) {
    Predict(pages, OutOfFold(pages, second, second_rows, second_bins, again, arguments.folds),
            arguments.predict);
  }
  if (arguments.out.empty()) return 0;
  const Boosting look = Boosting::Train(first_rows, first_bins, -1, options);
  const Boosting second_look = Boosting::Train(second_rows, second_bins, -1, again);
  std::ofstream(arguments.out) << "// Made by verbatim-train; not to be edited.\n"
                               << look.Print("First") << second_look.Print("Second");
  fmt::print(stderr, "{} and {} nodes\n", look.nodes(), second_look.nodes());
  return 0;
}

}  // namespace
}  // namespace verbatim::train

int main(int argc, char** argv) {
  using verbatim::train::Arguments;
  CLI::App app("Learns which blocks of a page are its article");
  Arguments arguments;
  app.add_option("folder", arguments.folders, "Folders with gold.json and pages/")->required();
  app.add_option("--out", arguments.out, "Table to write (core/ingest/block_model_table.inc)");
  app.add_option("--predict", arguments.predict,
                 "Folder for the texts that models found on sites that they had not seen");
  app.add_option("--folds", arguments.folds, "Parts of the sites");
  app.add_option("--trees", arguments.trees, "Trees of the first look");
  app.add_option("--second-trees", arguments.second_trees, "Trees of the second look");
  app.add_option("--leaves", arguments.leaves, "Leaves a tree");
  app.add_option("--rate", arguments.rate, "What a tree adds");
  app.add_option("--leaf-min", arguments.leaf_min, "Least weight of a leaf");
  app.add_option("--row-share", arguments.row_share, "Share of the rows that a tree is grown from");
  app.add_option("--seed", arguments.seed, "Which columns and rows a tree sees");
  app.add_flag("--no-shuffle", arguments.no_shuffle, "Without pages whose names are exchanged");
  CLI11_PARSE(app, argc, argv);
  return verbatim::train::Run(arguments);
}
