from torchaudio import transforms
