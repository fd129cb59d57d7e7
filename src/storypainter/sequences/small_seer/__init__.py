"""A small vision-language model that is built and trained here: encoder, connector, language model.

The steps, each one command (``storypainter sequences small-seer``): ``draw`` makes small labelled
pictures, of planned Scenes or of a set of sequences; ``encode`` trains a vision encoder on them;
``build`` puts encoder, connector and a small language model into one folder that transformers
loads. What comes after (SFT, RL) is the training of any vision-language model.
"""
