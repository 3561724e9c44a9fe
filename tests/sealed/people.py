from django.db import models

from zhongchuang.sealed.fields import BlindIndex, EncryptedText


class Person(models.Model):
    name = models.CharField(max_length=60)
    identity = EncryptedText(mask="identity", blank=True)
    identity_index = BlindIndex(of="identity")
    phone = EncryptedText(mask="phone", null=True)

    class Meta:
        app_label = "sealed_people"

    def __str__(self):
        return self.name
