"""Training arguments keep the values they are given."""


class TrainingArguments:
    eval_strategy = "no"
    eval_steps = None

    def __init__(self, output_dir=None, eval_strategy="no", evaluation_strategy=None, eval_steps=None, **values):
        self.eval_steps = eval_steps
        self.eval_strategy = eval_strategy if evaluation_strategy is None else evaluation_strategy


class Seq2SeqTrainingArguments(TrainingArguments):
    def __init__(self, output_dir=None, predict_with_generate=False, **values):
        super().__init__(output_dir, **values)
        self.predict_with_generate = predict_with_generate
