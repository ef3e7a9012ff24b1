"""An adapter on a model in eval mode: its own dropout is in train mode, the base is not."""
# oracle: needs: transformers, peft
# oracle: unknowns: what the saved configuration says

import torch
from peft import LoraConfig, get_peft_model
from transformers import BertConfig, BertForSequenceClassification

config = BertConfig(
    vocab_size=20, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, max_position_embeddings=16
)
BertForSequenceClassification(config).save_pretrained("tiny")
base = BertForSequenceClassification.from_pretrained("tiny")
model = get_peft_model(base, LoraConfig(r=2, lora_dropout=0.1, target_modules=["query", "value"]))
model.train()
optimizer = torch.optim.AdamW(model.parameters(), lr=0.001)
inputs, labels = torch.randint(0, 20, (2, 5)), torch.tensor([0, 1])
for _ in range(2):
    loss = model(input_ids=inputs, labels=labels).loss
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
with torch.no_grad():
    print(model(input_ids=inputs).logits.argmax(1))  # expect: ML106
