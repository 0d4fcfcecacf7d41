# %% [markdown]
# # Networks: who is central, how are two connected, what changed
#
# A knowledge graph is a network, and NetworkX has measures for networks. We take the graph of the articles in
# `seeds/`.

# %%
import networkx as nx

import kg

graph = kg.build("../seeds")
network = graph.to_networkx()
print(network)

# %% [markdown]
# Every line carries how many sentences stand behind it, in how many articles, and how sure it is.

# %%
network.edges["microsoft", "activision-blizzard", "acquires"]

# %% [markdown]
# ## Who is central?
#
# Most measures want one undirected line between two nodes: `form="simple"`. Then *degree* counts with how many others
# somebody has to do, and *betweenness* how often somebody lies on the shortest way between two others.

# %%
import pandas as pd

simple = graph.to_networkx(form="simple")

central = pd.DataFrame(
    {
        "label": nx.get_node_attributes(simple, "label"),
        "type": nx.get_node_attributes(simple, "type"),
        "neighbours": dict(simple.degree()),
        "betweenness": pd.Series(nx.betweenness_centrality(simple)).round(3),
    }
)
central.sort_values(["betweenness", "label"], ascending=[False, True]).head(8)

# %% [markdown]
# Countries lead, as so many companies have their seat in them. Often one wants them out of the way: who is central
# among companies alone?

# %%
companies = simple.subgraph([node for node, kind in simple.nodes(data="type") if kind == "Company"])
ranked = sorted(companies.degree(), key=lambda pair: (-pair[1], pair[0]))[:6]
[(companies.nodes[node]["label"], degree) for node, degree in ranked]

# %% [markdown]
# ## Which belong together?
#
# Parts that nothing connects, and communities within the largest of them.

# %%
parts = sorted(nx.connected_components(simple), key=lambda part: (-len(part), min(part)))
largest = simple.copy()
largest.remove_nodes_from(node for part in parts[1:] for node in part)
print(f"{len(parts)} parts; the largest has {len(largest)} of {len(simple)} nodes")

communities = nx.community.louvain_communities(largest, weight="weight", seed=1)
for community in sorted(communities, key=lambda one: (-len(one), min(one)))[:4]:
    leaders = sorted(community, key=lambda node: (-largest.degree(node), node))[:4]
    print(len(community), "around", ", ".join(largest.nodes[node]["label"] for node in leaders))

# %% [markdown]
# ## How are two connected?
#
# What has the chip maker TSMC to do with Meta? The shortest chain, and the sentence behind each link of it:

# %%
from itertools import pairwise

labels = nx.get_node_attributes(network, "label")
path = [labels[node] for node in nx.shortest_path(simple, "tsmc", "meta")]
for one, other in pairwise(path):
    link = [*graph.explain(one, object=other), *graph.explain(other, object=one)][0]
    print(f"{link.subject} – {link.property} – {link.object}\n    {' '.join(link.quote.split())}")

# %% [markdown]
# A chain through a country says little. With costs on the lines, the way leads around nodes that everybody is linked
# to:

# %%
costs = {edge: max(simple.degree(edge[0]), simple.degree(edge[1])) for edge in simple.edges}
nx.set_edge_attributes(simple, costs, "cost")
[labels[node] for node in nx.shortest_path(simple, "tsmc", "meta", weight="cost")]

# %% [markdown]
# ## How did it change over time?
#
# That takes articles with dates. Six short ones on one car maker:

# %%
from kg.articles import from_text

news = [
    ("2018-05-14", "Brose arbeitet mit dem Sitzhersteller Sitech zusammen. Volkswagen besitzt Sitech."),
    ("2019-03-04", "Volkswagen kooperiert mit dem US-Konzern Ford. Ford konkurriert mit Volkswagen."),
    ("2020-07-10", "Volkswagen investiert in das Start-up Argo AI. Ford unterstützt Argo AI."),
    ("2022-10-27", "Ford beendet die Zusammenarbeit mit Argo AI. Volkswagen will mit Bosch kooperieren."),
    ("2023-07-26", "Volkswagen beteiligt sich am chinesischen Hersteller Xpeng. VW arbeitet mit Xpeng zusammen."),
    ("2024-06-25", "Volkswagen investiert in den amerikanischen Hersteller Rivian."),
]
cars = kg.build([from_text(text, id=date, date=date) for date, text in news])
cars.timeline("Volkswagen")

# %% [markdown]
# The same as a drawing, hollow where it is no fact:

# %%
drawn = cars.timeline("Volkswagen").plot()

# %% [markdown]
# What did the later articles add to the earlier ones?

# %%
earlier = kg.build([from_text(text, id=date, date=date) for date, text in news[:4]])
earlier.compare(cars)

# %% [markdown]
# Each line of the network knows when it was first and last told of. So the network of a year can be cut out, and
# measured:

# %%
dated = cars.to_networkx()
rows = []
for year in range(2018, 2025):
    told = [edge for edge in dated.edges(keys=True) if dated.edges[edge]["first_date"][:4] <= str(year)]
    until = nx.Graph(dated.edge_subgraph(told))
    rows.append((year, len(until), until.number_of_edges(), until.degree("volkswagen")))
pd.DataFrame(rows, columns=["until", "actors", "links", "links of Volkswagen"]).set_index("until")
