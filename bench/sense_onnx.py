"""The screen's sentence model as an ONNX file: tables as a float a row and a byte a cell, lists as floats.

In: "pieces", the numbers of a text's pieces of words. Out: "level" and "reason", shares that sum to one each.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HEADS, LEVELS, OPSET = 4, 3, 17
SCALE = ":scale"


def read(path):
    """The weights in such a file, by name, as floats."""
    found = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    return {
        name: table * found[name + SCALE] if name + SCALE in found else table
        for name, table in found.items()
        if not name.endswith(SCALE) and not name.startswith("=")
    }


def write(tables, out):
    """`tables`: weights by name, lists of numbers or tables with a row for each input."""
    initializers, nodes, constants = [], [], {}

    def keep(name, array):
        initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))

    def constant(value, kind=np.int64):
        key = "=" + str(value) + np.dtype(kind).name
        if key not in constants:
            constants[key] = True
            keep(key, np.array(value, kind))
        return key

    def op(kind, *inputs, outputs=1, **attributes):
        names = [f"{kind}{len(nodes)}.{at}" for at in range(outputs)]
        nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names if outputs > 1 else names[0]

    for name, table in tables.items():
        table = np.squeeze(np.asarray(table, np.float32))
        if table.ndim == 1:
            keep(name, table)
            continue
        scale = np.abs(table).max(1, keepdims=True) / 127 + 1e-12
        keep(name, np.round(table / scale).astype(np.int8))
        keep(name + SCALE, scale.astype(np.float32))

    def unpacked(cells, scales):
        return op("Mul", op("Cast", cells, to=TensorProto.FLOAT), scales)

    def through(name, x):
        return op("Add", op("MatMul", x, unpacked(name, name + SCALE)), name + "Bias")

    def evened(name, x):
        return op("LayerNormalization", x, name, name + "Bias", axis=-1, epsilon=1e-6)

    def attended(layer, x):
        size = len(tables[f"{layer}.qkv"])
        split = op("Split", through(f"{layer}.qkv", evened(f"{layer}.normA", x)), axis=1, outputs=3)
        apart = [op("Reshape", one, constant([0, HEADS, size // HEADS])) for one in split]
        asks, values = (op("Transpose", one, perm=[1, 0, 2]) for one in (apart[0], apart[2]))
        keys = op("Transpose", apart[1], perm=[1, 2, 0])
        asks = op("Mul", asks, constant((size // HEADS) ** -0.5, np.float32))
        looks = op("Softmax", op("MatMul", asks, keys), axis=-1)
        seen = op("Transpose", op("MatMul", looks, values), perm=[1, 0, 2])
        return through(f"{layer}.out", op("Reshape", seen, constant([0, size])))

    count = op("Squeeze", op("Shape", "pieces"), constant([0]))
    places = op("Cast", op("Range", constant(0), count, constant(1)), to=TensorProto.FLOAT)
    turn = op("Mul", op("Unsqueeze", places, constant([1])), "timing")
    known = unpacked(op("Gather", "embeddings", "pieces"), op("Gather", "embeddings" + SCALE, "pieces"))
    known = op("Mul", known, constant(2, np.float32))
    x = op("Add", known, op("Concat", op("Sin", turn), op("Cos", turn), axis=1))
    for layer in (0, 1):
        x = op("Add", through("residual", x) if layer == 0 else x, attended(layer, x))
        up = op("Relu", through(f"{layer}.up", evened(f"{layer}.normF", x)))
        x = op("Add", x, through(f"{layer}.down", up))
    sense = op("Tanh", through("tanh", op("ReduceMean", x, axes=[0], keepdims=1)))
    scores = through("head", op("Div", sense, op("ReduceL2", sense, axes=[1], keepdims=1)))
    reasons = len(np.squeeze(tables["headBias"])) - LEVELS
    parts = op("Split", op("Squeeze", scores, constant([0])), constant([LEVELS, reasons]), axis=0, outputs=2)
    for name, one in zip(("level", "reason"), parts):
        nodes.append(helper.make_node("Softmax", [one], [name], axis=0))

    pieces = helper.make_tensor_value_info("pieces", TensorProto.INT64, ["count"])
    shares = [helper.make_tensor_value_info(*one) for one in (("level", TensorProto.FLOAT, [LEVELS]), ("reason", TensorProto.FLOAT, [reasons]))]
    graph = helper.make_graph(nodes, "screen", [pieces], shares, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="handrail", ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, out)
